package cli

import (
	"context"

	"kezhi/internal/app"
	"kezhi/internal/rate"
)

// ratesOutcome is what programs read; the names of its members are a contract.
type ratesOutcome struct {
	Set       int64 `json:"set"`
	Unchanged int64 `json:"unchanged"`
}

// importRates sets the exchange rates of a sheet.
func (c *command) importRates(ctx context.Context, a *app.App, path string) error {
	out, err := a.Rates.SetFile(ctx, path, rate.HomeDefault)
	if err != nil {
		return err
	}
	if c.json {
		return c.printJSON(ratesOutcome{out.Set, out.Unchanged})
	}
	c.print(c.lang.pick("设置 %d 个汇率，%d 个未变。重新评定后生效。", "%d rates set, %d unchanged. They count from the next grading on."), out.Set, out.Unchanged)
	return nil
}
