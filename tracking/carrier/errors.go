package carrier

import (
	"fmt"

	"github.com/qooqie/qooqie/tracking"
)

// notSigned is the error for a report that is not the carrier's, as far as can
// be seen. The reason is one of ours and never a part of the report.
func notSigned(carrier, reason string) error {
	return fmt.Errorf("%s: %w: %s", carrier, tracking.ErrSignature, reason)
}

// notUnderstood is the error for a report that is signed and of no use. The
// reason is one of ours and never a part of the report.
func notUnderstood(carrier, reason string) error {
	return fmt.Errorf("%s: %w: %s", carrier, tracking.ErrReport, reason)
}
