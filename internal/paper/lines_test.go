package paper

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func testSetter(t testing.TB, lang Lang) *typesetter {
	t.Helper()
	loaded, err := faces()
	if err != nil {
		t.Fatal(err)
	}
	return &typesetter{faces: loaded, lang: lang}
}

func lineText(l setLine) string {
	var b strings.Builder
	for _, g := range l.glyphs {
		b.WriteRune(g.r)
	}
	return b.String()
}

func linesOf(lines []setLine) []string {
	var out []string
	for _, l := range lines {
		out = append(out, lineText(l))
	}
	return out
}

func TestLinesBreakByTheRules(t *testing.T) {
	st := style{face: serif, size: 10}
	for _, c := range []struct {
		name  string
		text  string
		width float64 // in hanzi
		want  []string
	}{
		{"no full stop begins a line, and one at the end hangs by its empty half", "一二三四五六。七八", 6.5, []string{"一二三四五六。", "七八"}},
		{"no full stop begins a line: the hanzi before it goes along", "一二三四五六。七八", 6, []string{"一二三四五", "六。七八"}},
		{"no opening bracket ends a line", "一二三四五（六七）八", 6, []string{"一二三四五", "（六七）八"}},
		{"marks side by side share their room", "一二三），（四）", 6.6, []string{"一二三），（四）"}},
		{"dashes stay together", "一二三四——五六", 5, []string{"一二三四", "——五六"}},
		{"ellipses stay together", "一二三四……五", 5, []string{"一二三四", "……五"}},
		{"a number is not torn from its sign", "金额共计￥1,260.00元整", 6, []string{"金额共计", "￥1,260.00", "元整"}},
		{"a per cent sign stays with its number", "增长了三十31%左右", 6.2, []string{"增长了三十", "31%左右"}},
		{"a code is not torn at its hyphens", "编号TS-2026-0017", 5, []string{"编号", "TS-2026-", "0017"}},
		{"words are not torn", "see the complaint desk", 6, []string{"see the", "complaint", "desk"}},
		{"a word wider than the line is", "abcdefghijklmnopqrstuvwxyz", 6, []string{"abcdefghijk", "lmnopqrstu", "vwxyz"}},
		{"a line break begins a line", "一\r\n\r\n二", 6, []string{"一", "", "二"}},
		{"nothing is one empty line", "", 6, []string{""}},
		{"a no-break space does not break", "一二第\u00A01\u00A0页共二页", 4, []string{"一二", "第\u00A01\u00A0页共", "二页"}},
		{"what the faces lack is set in its plain form", "™x₂", 8, []string{"TMx2"}},
	} {
		got := linesOf(testSetter(t, Chinese).breakText(c.text, st, c.width*st.size, 0))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestLinesAreJustifiedInChineseOnly(t *testing.T) {
	st := style{face: serif, size: 10}
	text := "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"
	lines := testSetter(t, Chinese).breakText(text, st, 205, 20)
	if len(lines) != 3 || lines[0].indent != 20 || lines[1].indent != 0 {
		t.Fatalf("%+v", linesOf(lines))
	}
	for i, l := range lines[:2] {
		gaps := float64(len(l.glyphs) - 1)
		if end := l.indent + l.width + gaps*l.stretch; end < 204.9 || end > 205.1 {
			t.Errorf("line %d ends at %.2f, want the edge at 205", i, end)
		}
	}
	if lines[2].stretch != 0 {
		t.Error("the last line of a paragraph is stretched")
	}
	if l := testSetter(t, English).breakText(text, st, 205, 0); l[0].stretch != 0 {
		t.Error("English lines are not stretched")
	}
}

// Whatever the text and the width: nothing is lost, every line makes progress and fits unless it is one character, and no rule is broken where a
// break was to be had.
func TestLinesHoldForEveryText(t *testing.T) {
	alphabet := []rune("一二三四，。、；：“”‘’（）《》——……！？ 12345.%￥abc-/ \u00A0é😀")
	set := testSetter(t, Chinese)
	st := style{face: serif, size: 10}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(alphabet), 20, 400, -1).Draw(t, "text")
		width := rapid.Float64Range(5, 200).Draw(t, "width")
		lines := set.breakText(text, st, width, 0)
		var all strings.Builder
		for i, l := range lines {
			all.WriteString(lineText(l))
			if slack := hangOf(l, st.size); l.width-slack > width+0.01 && len(l.glyphs) > 1 {
				t.Fatalf("line %d is %.1f wide, %.1f is there: %q", i, l.width, width, lineText(l))
			}
		}
		squeeze := strings.NewReplacer(" ", "", "\u00A0", "")
		if got, want := squeeze.Replace(all.String()), squeeze.Replace(text); got != want {
			t.Fatalf("printed %q of %q", got, want)
		}
	})
}

func hangOf(l setLine, size float64) float64 {
	if len(l.glyphs) == 0 {
		return 0
	}
	return hang(l.glyphs, size)
}

func TestNumbersStandDigitByDigit(t *testing.T) {
	set := testSetter(t, Chinese)
	st := style{face: serif, size: 10}
	width := func(s string) float64 {
		lines := set.breakText(s, st, 200, 0)
		set.tabular(lines, st)
		return lines[0].width
	}
	if width("1,111.10") != width("8,468.50") {
		t.Errorf("%.3f and %.3f", width("1,111.10"), width("8,468.50"))
	}
}

func TestALetterIsSetByCustom(t *testing.T) {
	text := Text{Body: "尊敬的张女士：\n来信收悉，答复如下：\n此致\n敬礼！"}
	for _, c := range []struct {
		letter bool
		want   []bool // indented
	}{{true, []bool{false, true, true, false}}, {false, []bool{true, true, true, true}}} {
		f, err := newFlow(&Document{Letter: c.letter})
		if err != nil {
			t.Fatal(err)
		}
		var got []bool
		for _, l := range text.lines(f) {
			got = append(got, l.indent > 0)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("letter %v: %s", c.letter, diff)
		}
	}
}
