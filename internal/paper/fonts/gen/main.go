// Command gen makes the two faces that internal/paper embeds out of the full ones.
//
// It needs pyftsubset's module (Debian package python3-fonttools), zopfli (package of that name), and the folders of the unpacked npm packages
// @expo-google-fonts/noto-serif-sc and @expo-google-fonts/noto-sans-sc (both 0.4.3):
//
//	go run ./internal/paper/fonts/gen SERIF_FOLDER SANS_FOLDER
//
// The serif face, which sets the body, keeps every character of GBK and the hanzi of the general standard table of 2013 that lie beyond it, so that
// names of people and places can be printed; the sans face, which sets titles and labels, keeps GB 2312. Both keep Latin with its accents.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"kezhi/internal/paper/fonts"
)

// rare are hanzi of the general standard table in the first extension block; those beyond it that the face has are few and all kept.
const rare = "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: gen SERIF_FOLDER SANS_FOLDER")
	}
	out := filepath.Join("internal", "paper", "fonts")
	serif := append(within(simplifiedchinese.GBK), []rune(rare)...)
	for r := rune(0x20000); r < 0x33480; r++ {
		serif = append(serif, r)
	}
	if err := subset(filepath.Join(args[0], "400Regular", "NotoSerifSC_400Regular.ttf"), serif, filepath.Join(out, "serif.split")); err != nil {
		return err
	}
	sans := within(simplifiedchinese.HZGB2312)
	if err := subset(filepath.Join(args[1], "500Medium", "NotoSansSC_500Medium.ttf"), sans, filepath.Join(out, "sans.split")); err != nil {
		return err
	}
	licence, err := os.ReadFile(filepath.Join(args[0], "LICENSE_FONT"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "LICENSE-OFL.txt"), licence, 0o644)
}

// within lists the characters that the encoding can write, Latin letters with accents, and the signs forms are set with.
func within(enc encoding.Encoding) []rune {
	var list []rune
	for r := rune(0x20); r < 0xE000; r++ {
		if _, err := enc.NewEncoder().String(string(r)); r < 0x180 || err == nil || strings.ContainsRune("–—‘’“”…‰€№℃²³", r) {
			list = append(list, r)
		}
	}
	for r := rune(0xFE30); r < 0xFFE6; r++ {
		if _, err := enc.NewEncoder().String(string(r)); err == nil {
			list = append(list, r)
		}
	}
	return list
}

func subset(from string, keep []rune, to string) error {
	var codes strings.Builder
	for _, r := range keep {
		fmt.Fprintf(&codes, "%X\n", r)
	}
	list := to + ".codes"
	if err := os.WriteFile(list, []byte(codes.String()), 0o600); err != nil {
		return err
	}
	defer func() { _ = os.Remove(list) }()
	cmd := exec.Command("/usr/bin/python3", "-m", "fontTools.subset", from, "--unicodes-file="+list, "--output-file="+to, //nolint:noctx // a program run by hand
		"--no-hinting", "--layout-features=", "--drop-tables+=GSUB,GPOS,GDEF,BASE,vhea,vmtx,VORG,STAT,meta", "--notdef-outline", "--no-glyph-names")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("subset %s: %w", from, err)
	}
	if err := split(to); err != nil {
		return err
	}
	if out, err := exec.Command("zopfli", "--i5", to).CombinedOutput(); err != nil { //nolint:noctx // a program run by hand
		return fmt.Errorf("zopfli: %w: %s", err, out)
	}
	return os.Remove(to)
}

// split rearranges the face in its file, so that it compresses better.
func split(file string) error {
	ttf, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	packed, err := fonts.Split(ttf)
	if err != nil {
		return err
	}
	return os.WriteFile(file, packed, 0o600)
}
