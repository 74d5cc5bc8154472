package demo

import (
	"context"

	"kezhi/internal/calendar"
	"kezhi/internal/importer"
)

// onlineRetailEnd is the day on which two public studies of the data set looked back on it: 2011-12-11.
const onlineRetailEnd calendar.Date = 15_319

// onlineRetail imports the order lines of the real data set with their customers, as the command line would.
func (l *loader) onlineRetail(ctx context.Context, path string) error {
	res, err := l.Imports.ImportFile(ctx, importer.FileInput{
		Path: path, Target: "order", CancelPrefix: "C", CreateCustomers: true,
		Mapping: map[string]string{
			"document": "InvoiceNo", "customer": "CustomerID", "date": "InvoiceDate", "quantity": "Quantity", "price": "UnitPrice",
			"product": "StockCode", "currency": "=GBP",
		},
	}, func(done, total int64) { l.progress(StageOnlineRetail, done, total) })
	if err != nil {
		return err
	}
	l.res.Online = &res
	return nil
}
