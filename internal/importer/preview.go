package importer

import (
	"context"
	"strconv"
	"strings"

	"kezhi/internal/errs"
	"kezhi/internal/fact"
	"kezhi/internal/money"
)

// PreviewLine is what a line of the preview was understood as. The customers it names are not looked up.
type PreviewLine struct {
	Values   map[string]string // field to its value as it will be kept; of the fields that a reading can change
	Problems []errs.Field
}

// understood reads the rows of a preview with the settings of the import. It gives nil when the mapping is not complete yet; a row that
// does not fit the header has no values.
func (s *Service) understood(ctx context.Context, m Import, rows [][]string) []PreviewLine {
	src, err := s.open(ctx, m)
	if err != nil {
		return nil // what is missing is said when the person goes on to check
	}
	defer src.close()
	out := make([]PreviewLine, len(rows))
	for i, cells := range rows {
		if len(cells) != len(src.sheet.Header()) {
			continue
		}
		c := &chunk{}
		src.reader.parser.parse(c, c.add(int64(i+1), cells))
		out[i] = PreviewLine{Values: c.values(), Problems: c.lines[0].problems}
	}
	return out
}

// values gives what was read from the only line of a chunk.
func (c *chunk) values() map[string]string {
	switch {
	case len(c.facts) > 0:
		return factValues(c.facts[0], c.codes[0])
	case len(c.customers) > 0:
		in := c.customers[0].input
		return map[string]string{"code": in.Code, "name": in.Name}
	}
	return nil
}

func factValues(f fact.Incoming, code string) map[string]string {
	out := map[string]string{
		fCustomer: code, fDate: f.On.String(), fCurrency: f.Currency, fDocument: f.Document, fProduct: f.Product, fStatus: f.Status,
	}
	if f.HasAmount {
		out[fAmount] = money.Format(f.Amount, f.Currency)
	}
	if f.HasQuantity {
		out[fQuantity] = thousandths(f.Quantity)
	}
	return out
}

// thousandths writes a quantity without needless zeros.
func thousandths(n int64) string {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	whole, rest := strconv.FormatInt(n/1000, 10), strconv.FormatInt(1000+n%1000, 10)[1:]
	return sign + strings.TrimSuffix(whole+"."+strings.TrimRight(rest, "0"), ".")
}
