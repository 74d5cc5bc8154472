package fact

import (
	"time"

	"kezhi/internal/errs"
	"kezhi/internal/money"
)

// mayBeReversed refuses to take back what is itself a reversal or was taken back before.
func (f Fact) mayBeReversed() error {
	if f.Reverses != 0 {
		return errs.New(errs.Conflict, "fact.is_reversal")
	}
	if f.Reversed {
		return errs.New(errs.Conflict, "fact.reversed_already")
	}
	return nil
}

// reversal gives the fact that takes f back.
func (f Fact) reversal(newID, by int64, at time.Time) Fact {
	r := f
	r.ID, r.Reverses, r.BatchID, r.RecordedBy, r.RecordedAt, r.Reversed = newID, f.ID, 0, by, at, false
	r.Amount, r.Quantity = negative(f.Amount), negative(f.Quantity)
	return r
}

func negative(v *int64) *int64 {
	if v == nil {
		return nil
	}
	n := -*v
	return &n
}

func reasonAttrs(reason string) ([]byte, error) {
	s, err := attrsText(map[string]any{"reason": reason})
	return []byte(s), err
}

// auditDetail gives what the audit keeps: enough to know the fact again.
func (f Fact) auditDetail() map[string]any {
	d := map[string]any{"kind": f.Kind, "occurred_on": f.On.String()}
	if f.Amount != nil {
		d["amount"], d["currency"] = money.Format(*f.Amount, f.Currency), f.Currency
	}
	if f.Document != "" {
		d["document"] = f.Document
	}
	if f.Reverses != 0 {
		d["reverses"] = f.Reverses
		d["attrs"] = f.Attrs
	}
	return d
}
