package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// Digest gives the SHA-256 of everything r yields, as 64 lower-case hexadecimal digits, and the number of bytes. Memory does not grow with the
// input. The import history knows a file by it.
func Digest(r io.Reader) (sum string, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	if err != nil {
		return "", size, err
	}
	return hex.EncodeToString(h.Sum(nil)), size, nil
}
