package httpapi

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Web serves the built web UI: hashed assets for ever, everything else as the one page, with a fresh nonce for the
// content-security policy in each answer. A missing asset is 404 and never the page, or lazy routes would load HTML as script.
func Web(dist fs.FS) http.Handler {
	index, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "the web UI was not built into this program: run make build", http.StatusNotFound)
		})
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		switch {
		case strings.HasPrefix(name, ".") || strings.Contains(name, "/."):
			http.NotFound(w, r)
		case name != "" && name != "index.html" && serveAsset(w, r, dist, name):
		case path.Ext(name) != "" && name != "index.html":
			http.NotFound(w, r)
		default:
			servePage(w, index)
		}
	})
}

func servePage(w http.ResponseWriter, index []byte) {
	var b [16]byte
	_, _ = rand.Read(b[:])
	nonce := base64.RawStdEncoding.EncodeToString(b[:])
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; "+
		"script-src 'self'; style-src-elem 'self' 'nonce-"+nonce+"'; style-src-attr 'none'; img-src 'self' data: blob:; font-src 'self'; "+
		"connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'")
	_, _ = w.Write(bytes.ReplaceAll(index, []byte("__CSP_NONCE__"), []byte(nonce)))
}

// serveAsset prefers the forms compressed at build time.
func serveAsset(w http.ResponseWriter, r *http.Request, dist fs.FS, name string) bool {
	accept := r.Header.Get("Accept-Encoding")
	for _, enc := range []struct{ name, ext string }{{"br", ".br"}, {"gzip", ".gz"}, {"", ""}} {
		if enc.name != "" && !accepts(accept, enc.name) {
			continue
		}
		b, err := fs.ReadFile(dist, name+enc.ext)
		if err != nil {
			continue
		}
		h := w.Header()
		if enc.name != "" {
			h.Set("Content-Encoding", enc.name)
		}
		h.Add("Vary", "Accept-Encoding")
		kind := mime.TypeByExtension(path.Ext(name))
		if path.Ext(name) == ".webmanifest" {
			kind = "application/manifest+json"
		}
		h.Set("Content-Type", kind)
		if strings.HasPrefix(name, "assets/") {
			h.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			h.Set("Cache-Control", "no-cache")
		}
		_, _ = w.Write(b)
		return true
	}
	return false
}

// accepts says whether an Accept-Encoding header names an encoding and does not rule it out with q=0.
func accepts(header, encoding string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, q, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(name), encoding) {
			q = strings.TrimLeft(strings.ReplaceAll(q, " ", ""), "q=")
			return q == "" || strings.Trim(q, "0.") != ""
		}
	}
	return false
}
