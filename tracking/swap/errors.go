package swap

import "errors"

// Errors of this package, to be compared with errors.Is.
var (
	// ErrNumber means that a number is not in E.164, such as "+31851234567".
	ErrNumber = errors.New("is no telephone number in E.164")
	// ErrDuplicate means that a number is the Number of two targets, or both
	// Number and replacement of one.
	ErrDuplicate = errors.New("is listed twice")
)
