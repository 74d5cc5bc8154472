package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/id"
	"kezhi/internal/procedure"
)

// userPostCmd gives, ends and lists the posts of the regulations.
func (c *command) userPostCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "post", Short: t("任命、免去和列出制度里的岗位", "Appoint to, dismiss from and list the posts of the regulations"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.postAppointCmd(), c.postEndCmd(), c.postListCmd())
	return cmd
}

// holdingRow is a holding as programs read it.
type holdingRow struct {
	ID     string `json:"id"` // "" = by a role of the organisation
	Post   string `json:"post"`
	Login  string `json:"login"`
	Unit   string `json:"unit"`  // code; "" = the whole organisation
	From   string `json:"from"`  // "" = by a role
	Until  string `json:"until"` // "" = until further notice
	Source string `json:"source"`
}

func (c *command) postAppointCmd() *cobra.Command {
	t := c.lang.pick
	var unit, from, until string
	cmd := &cobra.Command{
		Use: "appoint LOGIN POST", Short: t("任命一个人担任岗位", "Give a post to a person"), Args: cobra.ExactArgs(2),
		Example: "  kezhi user post appoint zhao general_manager\n  kezhi user post appoint li supervisor --unit east --from 2026-01-01 --until 2026-12-31",
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				u, err := a.Users.ByLogin(ctx, args[0])
				if err != nil {
					return err
				}
				in := procedure.HoldingInput{Post: args[1], UserID: u.ID}
				if in.From, err = c.dayFlag("from", from); err != nil {
					return err
				}
				if in.Until, err = c.dayFlag("until", until); err != nil {
					return err
				}
				units, err := unitCodes(ctx, a)
				if err != nil {
					return err
				}
				if in.UnitID, err = c.unitOf(units, unit); err != nil {
					return err
				}
				h, err := a.Procedures.Appoint(ctx, in)
				if err != nil {
					return err
				}
				return c.tellHolding(t("已任命 %s 担任 %s。", "%s now holds %s."), rowOf(h, u.Login, units))
			})
		},
	}
	cmd.Flags().StringVar(&unit, "unit", "", t("为哪个部门担任（部门编号；默认整个组织）", "unit the post is held for, by its code (default: the whole organisation)"))
	cmd.Flags().StringVar(&from, "from", "", t("第一天（默认今天）", "first day (default: today)"))
	cmd.Flags().StringVar(&until, "until", "", t("最后一天（默认直到另行通知）", "last day (default: until further notice)"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) postEndCmd() *cobra.Command {
	t := c.lang.pick
	var unit, until string
	cmd := &cobra.Command{
		Use: "end LOGIN POST", Short: t("免去岗位（默认立即生效）", "End the holding of a post (at once by default)"), Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				u, err := a.Users.ByLogin(ctx, args[0])
				if err != nil {
					return err
				}
				last, err := c.dayFlag("until", until)
				if err != nil {
					return err
				}
				units, err := unitCodes(ctx, a)
				if err != nil {
					return err
				}
				unitID, err := c.unitOf(units, unit)
				if err != nil {
					return err
				}
				held, err := c.heldPost(ctx, a, u.ID, args[1], unitID, unit != "")
				if err != nil {
					return err
				}
				h, err := a.Procedures.Dismiss(ctx, held.ID, last)
				if err != nil {
					return err
				}
				return c.tellHolding(t("%s 不再担任 %s。", "%s no longer holds %s."), rowOf(h, u.Login, units))
			})
		},
	}
	cmd.Flags().StringVar(&unit, "unit", "", t("部门编号；此人为几个部门担任时要写", "code of the unit, where the person holds the post for several"))
	cmd.Flags().StringVar(&until, "until", "", t("最后一天（默认昨天，即立即）", "last day (default: yesterday, that is at once)"))
	c.jsonFlag(cmd)
	return cmd
}

// heldPost finds the one holding that is meant.
func (c *command) heldPost(ctx context.Context, a *app.App, userID int64, post string, unitID int64, unitGiven bool) (procedure.Holding, error) {
	posts, err := a.Procedures.Posts(ctx, calendar.None)
	if err != nil {
		return procedure.Holding{}, err
	}
	var found []procedure.Holding
	for _, p := range posts {
		for _, h := range p.Holders {
			if h.ID != 0 && h.UserID == userID && h.Post == post && (!unitGiven || h.UnitID == unitID) {
				found = append(found, h)
			}
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return procedure.Holding{}, c.usage(fmt.Sprintf("此人没有被任命担任 %q。用 kezhi user post list 查看。", post), fmt.Sprintf("The person was not appointed to %q. See kezhi user post list.", post))
	}
	return procedure.Holding{}, c.usage(fmt.Sprintf("此人担任 %q 共 %d 处，请用 --unit 说明是哪个部门。", post, len(found)), fmt.Sprintf("The person holds %q %d times; say with --unit which one is meant.", post, len(found)))
}

func (c *command) postListCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{
		Use: "list", Short: t("列出现行制度的岗位和担任者", "List the posts of the rulebooks in force and who holds them"), Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				posts, err := a.Procedures.Posts(ctx, calendar.None)
				if err != nil {
					return err
				}
				units, err := unitCodes(ctx, a)
				if err != nil {
					return err
				}
				logins, err := loginsOf(ctx, a)
				if err != nil {
					return err
				}
				return c.printPosts(posts, units, logins)
			})
		},
	}
	c.jsonFlag(cmd)
	return cmd
}

// printPosts writes every post with its holders; one that nobody holds is told as well.
func (c *command) printPosts(posts []procedure.PostState, units, logins map[int64]string) error {
	type row struct {
		Post      string       `json:"post"`
		Rulebooks []string     `json:"rulebooks"`
		Held      bool         `json:"held"`
		Holders   []holdingRow `json:"holders"`
	}
	out := make([]row, len(posts))
	for i, p := range posts {
		out[i] = row{p.Post, orEmpty(p.Rulebooks), p.Held, []holdingRow{}}
		var who []string
		for _, h := range p.Holders {
			r := rowOf(h, logins[h.UserID], units)
			out[i].Holders = append(out[i].Holders, r)
			text := r.Login
			if r.Unit != "" {
				text += "@" + r.Unit
			}
			who = append(who, text)
		}
		if !c.json {
			names := strings.Join(who, ", ")
			if names == "" {
				names = c.lang.pick("（没有人担任）", "(nobody)")
			}
			c.print("%-24s %s", p.Post, names)
		}
	}
	if c.json {
		return c.printJSON(out)
	}
	return nil
}

func (c *command) tellHolding(sentence string, r holdingRow) error {
	if c.json {
		return c.printJSON(r)
	}
	c.print(sentence, r.Login, r.Post)
	return nil
}

func rowOf(h procedure.Holding, login string, units map[int64]string) holdingRow {
	r := holdingRow{Post: h.Post, Login: login, Unit: units[h.UnitID], From: h.From.String(), Until: h.Until.String(), Source: "role"}
	if h.ID != 0 {
		r.ID, r.Source = id.String(h.ID), "post"
	}
	return r
}

// dayFlag reads a day; "" is None.
func (c *command) dayFlag(name, text string) (calendar.Date, error) {
	if text == "" {
		return calendar.None, nil
	}
	d, err := calendar.Parse(text)
	if err != nil {
		return d, c.usage(fmt.Sprintf("--%s 要写成 YYYY-MM-DD，%q 不是日期。", name, text), fmt.Sprintf("--%s must be YYYY-MM-DD; %q is no day.", name, text))
	}
	return d, nil
}

// unitCodes gives the codes of the units by id.
func unitCodes(ctx context.Context, a *app.App) (map[int64]string, error) {
	list, err := a.Units.Units(ctx, calendar.None, true)
	out := map[int64]string{}
	for _, u := range list {
		out[u.ID] = u.Code
	}
	return out, err
}

func loginsOf(ctx context.Context, a *app.App) (map[int64]string, error) {
	list, err := a.Users.List(ctx)
	out := map[int64]string{}
	for _, u := range list {
		out[u.ID] = u.Login
	}
	return out, err
}

// unitOf finds a unit by its code; "" is none.
func (c *command) unitOf(units map[int64]string, code string) (int64, error) {
	if code == "" {
		return 0, nil
	}
	var known []string
	for n, x := range units {
		if x == code {
			return n, nil
		}
		known = append(known, x)
	}
	slices.Sort(known)
	return 0, c.usage(fmt.Sprintf("没有编号为 %q 的部门；现有：%s。", code, strings.Join(known, "、")), fmt.Sprintf("There is no unit %q; there are %s.", code, strings.Join(known, ", ")))
}
