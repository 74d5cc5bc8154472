package demo

import (
	"context"

	"kezhi/internal/authz"
	"kezhi/internal/calendar"
	"kezhi/internal/db"
	"kezhi/internal/equipment"
	"kezhi/internal/fact"
	"kezhi/internal/flow"
	"kezhi/internal/procedure"
)

// The rulebooks of service, and of the machines that customers have.
const (
	afterSales     = "after-sales"
	houseEquipment = "house-equipment"
)

// machines are what the company installs, with the months of their warranty.
var machines = []struct {
	product string
	months  int
}{
	{"KA0129 集成灶", 36}, {"KA0136 蒸烤一体机", 24}, {"KA0143 即热式净水器", 12}, {"KA0101 侧吸油烟机", 36},
}

// installed is how many machines the first customers of a member of staff have.
var installed = []int{3, 1, 2}

// install enters the machines of the first customers of everybody who has customers, spread so that some warranties end soon.
func (l *loader) install(ctx context.Context) error {
	return l.DB.InTx(ctx, func(q db.Q) error {
		made := 0
		for staff, p := range l.c.Staff {
			if p.Role != authz.RoleCustomerManager {
				continue
			}
			for n, count := range installed {
				of := l.own(staff, n)
				for i := 0; of >= 0 && i < count; i++ {
					if _, err := l.Facts.Append(ctx, q, l.machine(l.ids[of], made)); err != nil {
						return err
					}
					made++
				}
			}
		}
		return nil
	})
}

// machine is the n-th machine of the demo: its warranty ends between a month before the reference date and a year after it.
func (l *loader) machine(customerID int64, n int) fact.Input {
	m := machines[n%len(machines)]
	until := l.c.Reference.AddDays(n*37%380 - 30)
	return fact.Input{
		CustomerID: customerID, Kind: equipment.KindInstallation, On: until.AddMonths(-m.months), Product: m.product, Status: "installed",
		Document: "AZ" + digits(n+1, 5), Attrs: map[string]any{"serial": serialOf(n), "warranty_until": until.String(), "place": "展厅"},
	}
}

func serialOf(n int) string { return "KZ" + digits(24_000+n*7, 6) }

// service gives the posts of after-sales service when it comes into force, and leaves a request about a machine open.
func (l *loader) service(ctx context.Context, day calendar.Date) error {
	lin, east := l.login("lin"), l.login("east.manager")
	switch int(l.c.Reference - day) {
	case caseDays:
		for _, p := range []procedure.HoldingInput{
			{Post: "technician", UserID: l.staff[lin].UserID},
			{Post: "engineer", UserID: l.staff[east].UserID},
			{Post: "warehouse", UserID: l.admin.UserID},
		} {
			p.From, p.Until = day, calendar.None
			if _, err := l.Procedures.Appoint(ctx, p); err != nil {
				return err
			}
		}
	case 3:
		return l.install(ctx)
	case 2:
		return l.repair(ctx, lin)
	}
	return nil
}

// repair takes in a request about the first machine of the first customer of a member of staff, and gives the first word.
func (l *loader) repair(ctx context.Context, staff int) error {
	customerID := l.customerOf(staff, 0)
	if customerID == 0 {
		return nil
	}
	made, err := l.Equipment.OfCustomer(l.as(ctx, staff), customerID)
	if err != nil || len(made) == 0 {
		return err
	}
	m := made[0]
	c, err := l.Procedures.Start(l.as(ctx, staff), procedure.StartInput{
		Rulebook: afterSales, Procedure: "after_sales", CustomerID: customerID, Channel: "phone", Answers: flow.Answers{
			"product": said(m.Product), "serial": said(m.Serial), "bought_on": said(m.InstalledOn.String()), "wanted": said("repair"),
			"fault": said("展厅样机点火不稳，开机后有异响。"), "phone": said("13900000000"),
		},
	})
	if err != nil {
		return err
	}
	return l.steps(ctx, &c.ID, []deed{{staff, answered(flow.Answers{"said": said("后天上门检测。"), "expected": said(l.c.Reference.AddDays(8).String())})}})
}
