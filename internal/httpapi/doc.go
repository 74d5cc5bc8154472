// Package httpapi sets up the REST API: registration with a permission, one mapping of errors to HTTP, paging, ETags,
// the server's outer layers (request id, security headers, cross-site protection, log, metrics) and the web UI's files.
//
// It knows no feature. A feature's http.go registers its operations with Register and maps its types to views.
// Errors leave as application/problem+json with a stable code and arguments; the sentences live in the web UI.
package httpapi
