package files_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strconv"
	"testing"

	"kezhi/internal/errs"
	"kezhi/internal/files"
)

// office packs parts into a zip.
func office(t *testing.T, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// pngOf gives a PNG of a few bytes that promises any size.
func pngOf(width, height uint32) []byte {
	head := append(binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height), 8, 2, 0, 0, 0)
	out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(head))
}

func bmpOf(width, height int32) []byte {
	out := make([]byte, 60)
	copy(out, "BM")
	binary.LittleEndian.PutUint32(out[18:], uint32(width))
	binary.LittleEndian.PutUint32(out[22:], uint32(height))
	return out
}

// webpOf gives the extended kind of a WebP of any size.
func webpOf(width, height uint32) []byte {
	out := append([]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00"), make([]byte, 10)...)
	put := func(at int, n uint32) { out[at], out[at+1], out[at+2] = byte(n), byte(n>>8), byte(n>>16) }
	put(24, width-1)
	put(27, height-1)
	return out
}

func gifOf(width, height uint16) []byte {
	return binary.LittleEndian.AppendUint16(binary.LittleEndian.AppendUint16([]byte("GIF89a"), width), height)
}

func whole(t *testing.T, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	picture := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	switch kind {
	case "png":
		err = png.Encode(&b, picture)
	case "jpeg":
		err = jpeg.Encode(&b, picture, nil)
	case "gif":
		err = gif.Encode(&b, picture, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a file is decides, not what it is called; what unpacks to far more than it is, is refused with a code of its own.
func TestSniff(t *testing.T) {
	zeros := bytes.Repeat([]byte{0}, 100<<20)
	many := map[string][]byte{"word/document.xml": nil}
	for i := range 10_001 {
		many["word/"+strconv.Itoa(i)] = nil
	}
	for name, c := range map[string]struct {
		content    []byte
		kind, code string
	}{
		"png":                    {whole(t, "png"), "image/png", ""},
		"jpeg":                   {whole(t, "jpeg"), "image/jpeg", ""},
		"gif":                    {whole(t, "gif"), "image/gif", ""},
		"png, 100 megapixels":    {pngOf(10_000, 10_000), "image/png", ""},
		"png, a bomb":            {pngOf(50_000, 50_000), "", "file.bomb"},
		"png, a thin bomb":       {pngOf(1, 1<<31-1), "", "file.bomb"},
		"gif, a bomb":            {append(gifOf(65_535, 65_535), make([]byte, 20)...), "", "file.bomb"},
		"bmp":                    {bmpOf(100, -100), "image/bmp", ""},
		"bmp, a bomb":            {bmpOf(1<<30, -1<<30), "", "file.bomb"},
		"webp":                   {webpOf(100, 100), "image/webp", ""},
		"webp, a bomb":           {webpOf(1<<24-1, 1<<24-1), "", "file.bomb"},
		"docx":                   {office(t, map[string][]byte{"word/document.xml": []byte("<x/>")}), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ""},
		"docx, a bomb":           {office(t, map[string][]byte{"word/document.xml": zeros}), "", "file.bomb"},
		"docx, many parts":       {office(t, many), "", "file.bomb"},
		"docx with macros":       {office(t, map[string][]byte{"word/document.xml": nil, "word/vbaProject.bin": nil}), "", "file.macros"},
		"a zip":                  {office(t, map[string][]byte{"run.exe": nil}), "", "file.type_refused"},
		"a program":              {[]byte("MZ\x90\x00\x03"), "", "file.type_refused"},
		"a page":                 {[]byte("<html><script>alert(1)</script>"), "", "file.type_refused"},
		"a drawing":              {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "", "file.type_refused"},
		"xml with many entities": {[]byte(`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>`), "", "file.type_refused"},
		"nothing":                {nil, "", "file.empty"},
	} {
		kind, err := files.Sniff(bytes.NewReader(c.content), int64(len(c.content)), "合同.pdf")
		code := ""
		if err != nil {
			kind, code = "", errs.CodeOf(err)
		}
		if kind != c.kind || code != c.code {
			t.Errorf("%s: %q, %v", name, kind, err)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add(pngOf(1, 1))
	f.Add(webpOf(1, 1))
	f.Add(bmpOf(1, 1))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		kind, err := files.Sniff(bytes.NewReader(content), int64(len(content)), "x.doc")
		if err == nil && kind == "" {
			t.Error("neither a kind nor an error")
		}
		if err != nil && errs.KindOf(err) == errs.Internal {
			t.Error(err)
		}
	})
}
