package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/authz"
	"kezhi/internal/rights"
)

func (c *command) rightsCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{Use: "rights", Short: t("权限：谁能看谁的客户，为什么", "Rights: who sees whose customers, and why"), Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(c.rightsWhyCmd())
	return cmd
}

func (c *command) rightsWhyCmd() *cobra.Command {
	t := c.lang.pick
	var login, code, permission string
	cmd := &cobra.Command{
		Use: "why", Short: t("说明某人为什么能（或不能）看到某个客户", "Say why somebody may, or may not, see a customer"), Args: cobra.NoArgs,
		Example: "  kezhi rights why --user lin --customer C-000001\n  kezhi rights why --user lin --customer C-000001 --permission customer.write --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if login == "" || code == "" {
				return c.usage("要写明 --user 和 --customer。", "--user and --customer are needed.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				who, err := a.Users.ByLogin(ctx, login)
				if err != nil {
					return err
				}
				of, err := a.Customers.ByCode(ctx, code)
				if err != nil {
					return err
				}
				w, err := a.Rights.Why(ctx, who.ID, of.ID, authz.Permission(permission))
				if err != nil {
					return err
				}
				view := a.Rights.View(&w)
				if c.json {
					return c.printJSON(view)
				}
				c.tellWhy(&view)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&login, "user", "", t("登录名", "login"))
	cmd.Flags().StringVar(&code, "customer", "", t("客户编号", "code of the customer"))
	cmd.Flags().StringVar(&permission, "permission", string(authz.CustomerRead), t("权限", "permission"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) tellWhy(w *rights.WhyView) {
	t := c.lang.pick
	answer := t("%s 不能对 %s %s 使用 %s。", "%s may not, for %s %s: %s.")
	if w.Allowed {
		answer = t("%s 能对 %s %s 使用 %s。", "%s may, for %s %s: %s.")
	}
	c.print(answer, w.UserName, w.CustomerCode, w.CustomerName, w.Permission)
	switch w.Hindered {
	case "disabled":
		c.print(t("账号已停用。", "The account is disabled."))
	case "password":
		c.print(t("要先改密码。", "The password must be changed first."))
	case "factor":
		c.print(t("要先设置第二因素。", "A second factor must be set up first."))
	}
	for _, x := range w.Sources {
		name := c.lang.pick(x.NameZh, x.NameEn)
		if name == "" {
			name = x.Role
		}
		how := t("角色", "role")
		if x.ByPost {
			how = t("岗位", "post")
		}
		c.print("  %s %s %s: %s", how, name, c.lang.pick(x.UnitZh, x.UnitEn), c.reachWords(x.Reach))
	}
	for _, y := range w.Ways {
		mark := "-"
		if y.Opens {
			mark = "+"
		}
		c.print("  %s %s", mark, strings.TrimSpace(c.wayWords(&y)))
	}
}

func (c *command) reachWords(reach string) string {
	t := c.lang.pick
	words := map[string]string{
		"none": t("不含", "not given"), "own": t("本人的客户", "own customers"), "team": t("协作的客户", "customers worked on beside the owner"), "territory": t("辖区", "territory"),
		"unit": t("本部门及以下", "unit and below"), "all": t("全部客户", "all customers"),
	}
	var out []string
	for part := range strings.SplitSeq(reach, "+") {
		out = append(out, words[part])
	}
	return strings.Join(out, t("、", ", "))
}

func (c *command) wayWords(y *rights.WayView) string {
	t := c.lang.pick
	kind := map[string]string{
		rights.WayAll: t("全部客户", "all customers"), rights.WayOwner: t("负责人", "owner"), rights.WayTeam: t("协作团队", "beside the owner"), rights.WayTerritory: t("辖区", "territory"),
		rights.WayUnit: t("部门", "unit"), rights.WayShare: t("共享", "shared"),
	}[y.Kind]
	stands := t("不是", "no")
	if y.Stands {
		stands = t("是", "yes")
	}
	counts := t("权限不含这条路", "not in reach of the permission")
	if y.Counts {
		counts = t("权限含这条路", "in reach of the permission")
	}
	return kind + " " + t(y.NameZh, y.NameEn) + ": " + stands + t("，", ", ") + counts
}
