package paper

import (
	"strings"
	"testing"
)

// What is drawn is the code, module by module, with four light ones around it and inside its box.
func TestTheCodeIsDrawnModuleByModule(t *testing.T) {
	for _, content := range []string{"https://kf.example.cn/t/TS-2026-0017", "1", strings.Repeat("x", maxCode)} {
		rows, err := Modules(content)
		if err != nil {
			t.Fatal(err)
		}
		f, err := newFlow(&Document{})
		if err != nil {
			t.Fatal(err)
		}
		const box = 100.0
		f.drawCode(rows, 10, 20, box, box)
		module := box / float64(len(rows)+8)
		dark := map[[2]int]bool{}
		for _, s := range f.pages[0].grounds {
			r := s.(fillShape)
			y := int((r.y-20)/module+0.5) - 4
			for x := int((r.x-10)/module+0.5) - 4; x < int((r.x+r.w-10)/module+0.5)-4; x++ {
				dark[[2]int{x, y}] = true
			}
		}
		for y, row := range rows {
			for x, want := range row {
				if dark[[2]int{x, y}] != want {
					t.Fatalf("module %d, %d of %q is drawn %v", x, y, content, !want)
				}
				delete(dark, [2]int{x, y})
			}
		}
		if len(dark) > 0 {
			t.Errorf("%d dark modules beyond the code", len(dark))
		}
		if module := codeSize / float64(len(rows)+8) / millimetre; module < 0.3 {
			t.Errorf("%d bytes give modules of %.2f mm", len(content), module)
		}
	}
}
