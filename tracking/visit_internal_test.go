package tracking

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestIsLoopback: only this machine itself gets cookies without Secure.
func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost:8080": true, "shop.localhost": true, "127.0.0.1:8080": true, "127.1.2.3": true, "[::1]:8080": true,
		"127.example.nl": false, "localhost.example.nl": false, "192.168.1.2": false, "[2001:db8::1]": false, "": false,
	} {
		require.Equal(t, want, isLoopback(hostname(host)), host)
	}
}
