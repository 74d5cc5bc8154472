package sheet

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"

	"kezhi/internal/errs"
)

// textSource reads separated text: the file, unzipped, decoded, cut into records.
type textSource struct {
	place
	raw *countingReaderAt
	dec *textDecoder
	csv *csvScanner
}

func openText(p place, in *countingReaderAt, size int64, opt Options, zipped bool) (*textSource, error) {
	var r io.Reader = io.NewSectionReader(in, 0, size)
	declared := opt.Encoding
	if zipped {
		gz, err := gzip.NewReader(r)
		if err != nil {
			return nil, p.gzipError(err)
		}
		r = &gunzip{place: p, in: gz, zipped: in, limits: opt.Limits}
	} else if declared == "" {
		if e, ok := sampleEncoding(in, size); ok {
			declared = e
		}
		in.seen = 0
	}
	dec, err := newTextDecoder(r, declared)
	if err != nil {
		return nil, p.asError(err)
	}
	if head, _ := dec.in.Peek(8); zipped && sniff(head) != kindText {
		return nil, p.bad("sheet.gzip_not_text")
	}
	s := &textSource{place: p, raw: in, dec: dec}
	s.csv = newCSVScanner(p, dec, opt.Limits)
	if err := s.csv.begin(opt.Comma); err != nil {
		return nil, p.asError(err)
	}
	return s, nil
}

func (s *textSource) next() (Row, error) {
	row, err := s.csv.record(s.dec.enc != UTF8)
	if err != nil && !errors.Is(err, io.EOF) {
		return row, s.asError(err)
	}
	return row, err
}

func (s *textSource) progress() int64     { return s.raw.seen }
func (s *textSource) encoding() Encoding  { return s.dec.enc }
func (s *textSource) sheets() []string    { return nil }
func (s *textSource) warnings() []Warning { return nil }
func (s *textSource) close() error        { return nil }

// asError gives an errs.Error whatever the reading below returned.
func (p place) asError(err error) error {
	if _, ok := errs.As(err); ok {
		return err
	}
	if errors.Is(err, io.EOF) {
		return p.bad("sheet.empty")
	}
	return p.wrap(err, "sheet.unreadable")
}

func (p place) gzipError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return p.wrap(err, "sheet.truncated")
	}
	return p.wrap(err, "sheet.gzip_damaged")
}

// gunzip unzips within the limits.
type gunzip struct {
	place
	in     *gzip.Reader
	zipped *countingReaderAt
	limits Limits
	out    int64
}

// Read gives unzipped bytes, or the errs.Error that says why there are no more.
func (g *gunzip) Read(p []byte) (int, error) {
	n, err := g.in.Read(p)
	g.out += int64(n)
	if g.out > g.limits.Unzipped || isBomb(g.out, g.zipped.seen, g.limits) {
		return 0, g.tooLarge("sheet.zip_bomb", "part", g.file, "size", g.out)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return n, g.gzipError(err)
	}
	return n, err
}

const bombFloor = 16 << 20

// isBomb says whether something has grown out of all proportion. Below 16 MiB nobody minds.
func isBomb(unzipped, zipped int64, l Limits) bool {
	return unzipped > bombFloor && unzipped/max(zipped, 1) > l.Ratio
}

// begin reads the first block and finds out the line ending and the separator.
func (c *csvScanner) begin(comma byte) error {
	for !c.eof && c.end-c.start < sampleBytes {
		if err := c.fill(); err != nil {
			return err
		}
	}
	head := c.buf[c.start:c.end]
	if len(head) == 0 {
		return io.EOF
	}
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		c.eol = '\r'
	}
	c.comma = comma
	if line, _, found := bytes.Cut(head, []byte{c.eol}); found && comma == 0 {
		line = bytes.TrimSuffix(line, []byte{'\r'})
		if len(line) == 5 && bytes.HasPrefix(line, []byte("sep=")) {
			c.comma = line[4]
			c.start += bytes.IndexByte(head, c.eol) + 1
			c.line++
		}
	}
	if c.comma == 0 {
		c.comma = guessComma(head, c.eol)
	}
	return nil
}

const sampleBytes = 64 << 10

// guessComma takes the separator that divides the first lines most evenly; among equals the one that divides the header most.
func guessComma(head []byte, eol byte) byte {
	best, bestShare, bestCount := byte(','), 0, 0
	for _, candidate := range []byte{',', '\t', ';', '|'} {
		counts := countPerLine(head, candidate, eol)
		if len(counts) == 0 || counts[0] == 0 {
			continue
		}
		same := 0
		for _, n := range counts {
			if n == counts[0] {
				same++
			}
		}
		share := same * 100 / len(counts)
		if share > bestShare || share == bestShare && counts[0] > bestCount {
			best, bestShare, bestCount = candidate, share, counts[0]
		}
	}
	return best
}

// countPerLine counts a separator outside quotes in each of the first 50 records that are not empty.
func countPerLine(head []byte, comma, eol byte) []int {
	var counts []int
	n, size, quoted := 0, 0, false
	for _, c := range head {
		switch {
		case c == '"':
			quoted = !quoted
		case c == comma && !quoted:
			n++
		case c == eol && !quoted:
			if size > 0 {
				counts = append(counts, n)
			}
			if len(counts) == 50 {
				return counts
			}
			n, size = 0, -1
		case c == '\r':
			size--
		}
		size++
	}
	if len(counts) == 0 {
		counts = append(counts, n)
	}
	return counts
}
