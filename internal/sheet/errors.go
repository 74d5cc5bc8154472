package sheet

import "kezhi/internal/errs"

// Codes of the errors that concern one row only; reading can go on behind them.
const (
	codeRowShort    = "sheet.row_short"
	codeRowLong     = "sheet.row_long"
	codeStrayQuote  = "sheet.stray_quote"
	codeUndecodable = "sheet.undecodable"
	codeNUL         = "sheet.nul_byte"
	codeUncomputed  = "sheet.formula_uncomputed"
)

// IsRowError says whether an error of Reader.Next concerns that row only, so that the next call goes on behind it.
func IsRowError(err error) bool {
	switch errs.CodeOf(err) {
	case codeRowShort, codeRowLong, codeStrayQuote, codeUndecodable, codeNUL, codeUncomputed:
		return true
	}
	return false
}

// place names the file in every error made for it.
type place struct{ file string }

func (p place) bad(code string, args ...any) *errs.Error {
	return errs.New(errs.Invalid, code, append([]any{"file", p.file}, args...)...)
}

func (p place) tooLarge(code string, args ...any) *errs.Error {
	return errs.New(errs.TooLarge, code, append([]any{"file", p.file}, args...)...)
}

func (p place) wrap(err error, code string, args ...any) *errs.Error {
	return errs.Wrap(err, errs.Invalid, code, append([]any{"file", p.file}, args...)...)
}
