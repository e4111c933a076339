//go:build !unix

package main

// limitFileSize does nothing: there is no such limit here.
func limitFileSize() {}
