// Package fonts holds the two faces that printed documents are set in, compressed, and their licence.
//
// Serif is Noto Serif SC Regular with all of GBK, Sans is Noto Sans SC Medium with GB 2312; both under the SIL Open Font License 1.1
// (LICENSE-OFL.txt), cut down by gen, which says how to make them again.
package fonts

import (
	"bytes"
	"compress/gzip"
	_ "embed" // the faces
	"io"
)

//go:embed serif.split.gz
var serif []byte

//go:embed sans.split.gz
var sans []byte

// Serif gives the TrueType file of the face for the body.
func Serif() ([]byte, error) { return unpack(serif) }

// Sans gives the TrueType file of the face for titles and labels.
func Sans() ([]byte, error) { return unpack(sans) }

func unpack(packed []byte) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	split, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	return join(split)
}
