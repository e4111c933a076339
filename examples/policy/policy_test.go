package policy_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/qooqie/qooqie/examples/policy"
	"github.com/qooqie/qooqie/retention"
	"github.com/qooqie/qooqie/retention/retentiontest"
)

func TestPolicy(t *testing.T) {
	signed, err := policy.Load()
	require.NoError(t, err)
	retentiontest.Run(t, signed, "cases")
	retentiontest.Coverage(t, signed, "cases")
	retentiontest.Mutate(t, signed, "cases")
}

// TestSigned: the policy is still the one that was signed. Sign it again before
// you write the new hash down.
func TestSigned(t *testing.T) {
	policyNow, err := policy.Load()
	require.NoError(t, err)
	require.NoError(t, policyNow.Signed(retention.Agreement{PolicyHash: policy.SignedHash}))
}
