package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// sharedTexts is the workbook's table of texts in one block of memory.
type sharedTexts struct {
	all  []byte
	ends []int
}

func (s *sharedTexts) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return string(s.all[from:s.ends[i]]), true
}

// readShared loads the shared texts; a workbook need not have any.
func (w *workbook) readShared() error {
	const part = "xl/sharedstrings.xml"
	if _, ok := w.parts[part]; !ok {
		return nil
	}
	return w.each(part, w.limits.Shared, func(in *puller, e xml.StartElement) error {
		if e.Name.Local != "si" {
			return nil
		}
		var err error
		w.shared.all, err = appendText(w.shared.all, in, "si")
		w.shared.ends = append(w.shared.ends, len(w.shared.all))
		return err
	})
}

// appendText collects the <t> of a rich or plain text up to the closing element; phonetic hints (rPh) are not text.
func appendText(to []byte, in *puller, until string) ([]byte, error) {
	inText, hint := false, 0
	for {
		tok, err := in.token()
		if errors.Is(err, io.EOF) {
			return to, io.ErrUnexpectedEOF
		}
		if err != nil {
			return to, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			inText = t.Name.Local == "t"
			if t.Name.Local == "rPh" {
				hint++
			}
		case xml.EndElement:
			inText = false
			switch t.Name.Local {
			case "rPh":
				hint--
			case until:
				return to, nil
			}
		case xml.CharData:
			if inText && hint == 0 {
				to = append(to, t...)
			}
		}
	}
}

// dateStyle says what of a serial number a cell shows.
type dateStyle uint8

const (
	notDate dateStyle = iota
	dateOnly
	timeOnly
	dateAndTime
)

// readStyles finds out which cell styles show a date.
func (w *workbook) readStyles() error {
	const part = "xl/styles.xml"
	if _, ok := w.parts[part]; !ok {
		return nil
	}
	custom := map[string]dateStyle{}
	inCells := false
	var ids []string
	err := w.each(part, maxSmallPart, func(_ *puller, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			custom[attr(e, "numFmtId")] = classifyFormat(attr(e, "formatCode"))
		case "cellStyleXfs", "cellStyles", "dxfs":
			inCells = false
		case "cellXfs":
			inCells = true
		case "xf":
			if inCells {
				ids = append(ids, attr(e, "numFmtId"))
			}
		}
		return nil
	})
	for _, id := range ids {
		style, ok := custom[id]
		if !ok {
			style = builtinFormat(id)
		}
		w.dates = append(w.dates, style)
	}
	return err
}

// builtinFormat classifies the numbered formats; 27 to 36 and 50 to 58 are the Chinese, Japanese and Korean ones.
func builtinFormat(id string) dateStyle {
	n, err := strconv.Atoi(id)
	if err != nil {
		return notDate
	}
	switch {
	case n == 22:
		return dateAndTime
	case n >= 18 && n <= 21, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return timeOnly
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dateOnly
	}
	return notDate
}

// classifyFormat reads a format code: y, d, and m beside them are a date; h and s are a time. Quoted text, escapes, colours and locales
// in brackets do not count, elapsed time ([h]) does.
func classifyFormat(code string) dateStyle {
	day, clock := false, false
	code = strings.ToLower(strings.SplitN(code, ";", 2)[0])
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			i += max(0, strings.IndexByte(code[i+1:], '"')) + 1
		case '\\', '_', '*':
			i++
		case '[':
			if i+1 < len(code) && (code[i+1] == 'h' || code[i+1] == 's') {
				clock = true
			}
			i += max(0, strings.IndexByte(code[i:], ']'))
		case 'y', 'd':
			day = true
		case 'h', 's':
			clock = true
		case 'm':
			day = day || !clock && !strings.Contains(code[i:], "s")
		case 'g':
			if strings.HasPrefix(code[i:], "general") {
				return notDate
			}
		}
	}
	switch {
	case day && clock:
		return dateAndTime
	case day:
		return dateOnly
	case clock:
		return timeOnly
	}
	return notDate
}

func (w *workbook) style(index string) dateStyle {
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 || i >= len(w.dates) {
		return notDate
	}
	return w.dates[i]
}
