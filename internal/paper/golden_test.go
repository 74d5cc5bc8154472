package paper

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "write the golden pictures anew")

// Every page of the samples looks as it did. To see and accept a change: go test ./internal/paper -run Pictures -update
func TestPictures(t *testing.T) {
	if _, err := exec.LookPath("pdftoppm"); errors.Is(err, exec.ErrNotFound) {
		t.Skip("no pdftoppm: install the package poppler-utils to compare the printed forms by picture")
	}
	for name, d := range samples() {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, name+".pdf")
			if err := os.WriteFile(file, pdfOf(t, d), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("pdftoppm", "-r", "72", "-gray", "-png", file, filepath.Join(dir, name)).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			got, _ := filepath.Glob(filepath.Join(dir, "*.png"))
			if *update {
				accept(t, name, got)
			}
			want, _ := filepath.Glob(filepath.Join("testdata", name+"-*.png"))
			if len(got) != len(want) || len(got) == 0 {
				t.Fatalf("%d pages, %d golden pictures", len(got), len(want))
			}
			slices.Sort(got)
			slices.Sort(want)
			for i := range got {
				if share := differing(t, picture(t, got[i]), picture(t, want[i])); share > 0.0015 {
					t.Errorf("page %d: %.2f %% of the pixels differ from %s", i+1, share*100, want[i])
				}
			}
		})
	}
}

func accept(t *testing.T, name string, pages []string) {
	t.Helper()
	old, _ := filepath.Glob(filepath.Join("testdata", name+"-*.png"))
	for _, file := range old {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	for _, page := range pages {
		var out bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture(t, page)); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("testdata", filepath.Base(page)), out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func picture(t *testing.T, file string) *image.Gray {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if gray, ok := img.(*image.Gray); ok {
		return gray
	}
	gray := image.NewGray(img.Bounds())
	draw.Draw(gray, gray.Rect, img, img.Bounds().Min, draw.Src)
	return gray
}

// differing gives the share of pixels whose gray differs clearly: what another version of the renderer smoothes differently stays below.
func differing(t *testing.T, a, b *image.Gray) float64 {
	t.Helper()
	if a.Rect != b.Rect || a.Stride != b.Stride {
		t.Fatalf("%v is not %v", a.Rect, b.Rect)
	}
	n := 0
	for i, p := range a.Pix {
		if q := b.Pix[i]; max(p, q)-min(p, q) > 70 {
			n++
		}
	}
	return float64(n) / float64(len(a.Pix))
}

// The comparison sees a shift by one point, so that it can fail at all.
func TestTheComparisonSeesAShift(t *testing.T) {
	pages, _ := filepath.Glob(filepath.Join("testdata", "*.png"))
	if len(pages) == 0 {
		t.Fatal("no golden pictures")
	}
	for _, page := range pages {
		img := picture(t, page)
		moved := image.NewGray(img.Rect)
		copy(moved.Pix[img.Stride:], img.Pix)
		copy(moved.Pix[:img.Stride], img.Pix)
		if share := differing(t, img, moved); share < 0.01 {
			t.Errorf("%s: a shift by a point changes only %.2f %%", page, share*100)
		}
	}
}
