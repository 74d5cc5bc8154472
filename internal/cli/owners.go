package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/id"
	"kezhi/internal/ownership"
	"kezhi/internal/rule"
)

// ownerLine is what programs read about a customer; the names of its members are a contract.
type ownerLine struct {
	Customer   string          `json:"customer"` // code
	ID         string          `json:"id"`
	Name       string          `json:"name"`
	Present    string          `json:"present"` // id of whoever has it now, "" = nobody
	Owner      string          `json:"owner"`   // id, "" = nobody may
	OwnerName  string          `json:"owner_name"`
	Rule       string          `json:"rule"`
	Precedence int             `json:"precedence"`
	Clause     string          `json:"clause"`
	Why        rule.Text       `json:"why"`
	Conflicts  []ownerConflict `json:"conflicts"`
}

// ownerConflict is what stands against a decision.
type ownerConflict struct {
	Customer string `json:"customer"` // code
	Kind     string `json:"kind"`
	Rule     string `json:"rule"`
	User     string `json:"user"` // id, "" = nobody
	UserName string `json:"user_name"`
	Text     string `json:"text"`
}

// ownerReport is everything `owners assign --json` says.
type ownerReport struct {
	Rulebook  string           `json:"rulebook"`
	Version   string           `json:"version"`
	DryRun    bool             `json:"dry_run"`
	Run       string           `json:"run"` // "" for a dry run
	Customers []ownerLine      `json:"customers"`
	Conflicts []ownerConflict  `json:"conflicts"`
	Loads     []ownership.Load `json:"loads"`
	Moves     int64            `json:"moves"`
	Unowned   int64            `json:"unowned"`
	Applied   int64            `json:"applied"`
	Stale     int64            `json:"stale"`
}

func (c *command) ownersCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "owners", Short: t("客户归属：按制度分配维护人", "Who looks after which customer"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.ownersAssignCmd())
	return cmd
}

func (c *command) ownersAssignCmd() *cobra.Command {
	t := c.lang.pick
	var book string
	var dry bool
	cmd := &cobra.Command{
		Use: "assign", Short: t("按归属规则给每个客户定一个维护人", "Give every customer one owner by the owner rules"), Args: cobra.NoArgs,
		Long: t("按现行制度里归属规则的顺位，第一条成立的规则决定维护人。--dry-run 只列出结果和冲突，不作任何改动。",
			"The first owner rule that holds decides, in the order of the rulebook in force. --dry-run lists outcome and conflicts and changes nothing."),
		Example: "  kezhi owners assign --dry-run --json\n  kezhi owners assign --rulebook one-to-n-ownership",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				r := ownerReport{DryRun: dry, Customers: []ownerLine{}, Conflicts: []ownerConflict{}}
				b, loads, err := a.Ownership.Survey(ctx, book, func(d *ownership.Decision) error {
					r.add(d)
					return nil
				})
				if err != nil {
					return err
				}
				r.Rulebook, r.Version, r.Loads = b.Rulebook, b.Version, loads
				r.nameOwners()
				if !dry {
					if err := c.applyOwners(ctx, a, &r); err != nil {
						return err
					}
				}
				return c.tellOwners(&r)
			})
		},
	}
	cmd.Flags().StringVar(&book, "rulebook", "", t("制度编号；几部现行制度都有归属规则时要写", "rulebook id, where several in force have owner rules"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, t("只看结果，不作改动", "only show what would come out"))
	c.jsonFlag(cmd)
	return cmd
}

func (r *ownerReport) add(d *ownership.Decision) {
	l := ownerLine{
		Customer: d.Code, ID: id.String(d.CustomerID), Name: d.Name, Present: id.Optional(d.Present), Owner: id.Optional(d.Owner), Rule: d.Why.Rule,
		Precedence: d.Why.Precedence, Clause: d.Why.Clause, Why: d.Why.Sentence(), Conflicts: []ownerConflict{},
	}
	for _, x := range d.Why.Conflicts {
		l.Conflicts = append(l.Conflicts, ownerConflict{d.Code, x.Kind, x.Rule, id.Optional(x.UserID), x.UserName, x.Text})
	}
	if d.Owner != d.Present {
		r.Moves++
	}
	if d.Owner == 0 {
		r.Unowned++
	}
	r.Conflicts = append(r.Conflicts, l.Conflicts...)
	r.Customers = append(r.Customers, l)
}

// nameOwners puts the names in; the loads name everybody who has a customer.
func (r *ownerReport) nameOwners() {
	names := map[string]string{}
	for _, l := range r.Loads {
		names[id.Optional(l.UserID)] = l.Name
	}
	for i := range r.Customers {
		r.Customers[i].OwnerName = names[r.Customers[i].Owner]
	}
}

// applyOwners runs the rules as a job and applies everything they give.
func (c *command) applyOwners(ctx context.Context, a *app.App, r *ownerReport) error {
	run, err := a.Ownership.Begin(ctx, r.Rulebook)
	if err != nil {
		return err
	}
	if _, err := a.Runner.RunJob(ctx, run.ID); err != nil {
		return err
	}
	if run, err = a.Ownership.Run(ctx, run.ID); err != nil {
		return err
	}
	r.Run = id.String(run.ID)
	if run.Open == 0 {
		return nil
	}
	jobID, err := a.Ownership.Apply(ctx, run.ID, nil)
	if err != nil {
		return err
	}
	if _, err := a.Runner.RunJob(ctx, jobID); err != nil {
		return err
	}
	if run, err = a.Ownership.Run(ctx, run.ID); err != nil {
		return err
	}
	r.Applied, r.Stale = run.Applied, run.Stale
	return a.Drain(ctx) // duties and cases follow their owners
}

func (c *command) tellOwners(r *ownerReport) error {
	if c.json {
		return c.printJSON(r)
	}
	t := c.lang.pick
	c.print(t("制度 %s %s：%d 个客户，%d 个将换人，%d 个无人可维护，%d 处冲突。", "Rulebook %s %s: %d customers, %d would change hands, %d without anybody, %d conflicts."),
		r.Rulebook, r.Version, len(r.Customers), r.Moves, r.Unowned, len(r.Conflicts))
	for _, l := range r.Loads {
		name := l.Name
		if l.UserID == 0 {
			name = t("（无人）", "(nobody)")
		}
		c.print("  %-20s %6d → %d", name, l.Before, l.After)
	}
	if !r.DryRun {
		c.print(t("已执行 %d 个，跳过 %d 个（归属在此期间被人改过）。", "Applied %d, left %d whose owner somebody changed meanwhile."), r.Applied, r.Stale)
	}
	return nil
}
