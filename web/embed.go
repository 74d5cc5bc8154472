// Package web carries the built web interface and its sentences into the binary.
//
// It owns: the two embedded trees, nothing else. It does not own: serving them (httpapi) or
// choosing a language. The front-end itself lives beside this file and is built by npm.
package web

import "embed"

// Dist is the built interface under the directory "dist": index.html with the placeholder
// __CSP_NONCE__ where the server writes the nonce of the request, hashed files under assets/
// (each with .gz and .br neighbours), the web manifest and the service worker. Before the first
// build it holds only .gitkeep, so that the Go packages compile without npm.
//
//go:embed all:dist
var Dist embed.FS

// Locales is the catalogue of sentences under "src/locales": one folder per language (zh, en),
// one JSON file per noun, errors.json and errors.d/<package>.json for the codes of errors.
//
//go:embed src/locales
var Locales embed.FS
