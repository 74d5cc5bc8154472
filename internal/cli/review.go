package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kezhi/internal/app"
	"kezhi/internal/calendar"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/review"
)

// reviewLine is what programs read about a campaign; the names of its members are a contract.
type reviewLine struct {
	ID          string `json:"id"`
	Rulebook    string `json:"rulebook"`
	State       string `json:"state"`
	OpensOn     string `json:"opens_on"`
	RateBy      string `json:"rate_by"`
	ClosesOn    string `json:"closes_on"`
	EffectiveOn string `json:"effective_on"`
	Customers   int64  `json:"customers"`
	Rated       int64  `json:"rated"`
	Unrated     int64  `json:"unrated"`
	Late        bool   `json:"late"`
}

func reviewLineOf(d *review.Details) reviewLine {
	return reviewLine{
		ID: id.String(d.ID), Rulebook: d.Rulebook, State: string(d.State), OpensOn: d.OpensOn.String(), RateBy: d.RateBy.String(), ClosesOn: d.ClosesOn.String(),
		EffectiveOn: d.EffectiveOn.String(), Customers: d.Totals.Customers, Rated: d.Totals.Rated, Unrated: d.Totals.Customers - d.Totals.Rated, Late: d.Late,
	}
}

func (c *command) reviewCmd() *cobra.Command {
	t := c.lang.pick
	cmd := &cobra.Command{Use: "review", Short: t("年度评定：开始、查看、结束", "Reviews: open, list, close")}
	cmd.AddCommand(c.reviewOpenCmd(), c.reviewListCmd(), c.reviewCloseCmd())
	return cmd
}

func (c *command) reviewOpenCmd() *cobra.Command {
	t := c.lang.pick
	var book, rateBy, closesOn, effectiveOn string
	cmd := &cobra.Command{
		Use: "open --rulebook ID", Short: t("开始一次评定并列出客户", "Open a review and list its customers"), Args: cobra.NoArgs,
		Long:    t("不填的日期按制度规定的时间段推算。", "Days that are left out follow from the rulebook."),
		Example: "  kezhi review open --rulebook dealer-annual-grading --rate-by 2026-12-27",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if book == "" {
				return c.usage("请用 --rulebook 指定制度。", "Name a rulebook with --rulebook.")
			}
			in := review.OpenInput{Rulebook: book}
			for text, to := range map[*string]*calendar.Date{&rateBy: &in.RateBy, &closesOn: &in.ClosesOn, &effectiveOn: &in.EffectiveOn} {
				*to = calendar.None
				if *text == "" {
					continue
				}
				d, err := calendar.Parse(*text)
				if err != nil {
					return c.usage("日期要写成 YYYY-MM-DD，并且真实存在。", "Write a real day as YYYY-MM-DD.")
				}
				*to = d
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				r, jobID, err := a.Reviews.Open(ctx, in)
				if err != nil {
					return err
				}
				if _, err := a.Runner.RunJob(ctx, jobID); err != nil {
					return err
				}
				return c.tellReview(ctx, a, r.ID)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&book, "rulebook", "", t("制度编号", "rulebook id"))
	f.StringVar(&rateBy, "rate-by", "", t("初评截止日", "last day of the first round"))
	f.StringVar(&closesOn, "closes-on", "", t("结束日", "last day"))
	f.StringVar(&effectiveOn, "effective-on", "", t("生效日", "the day from which ratings count"))
	c.jsonFlag(cmd)
	return cmd
}

// tellReview prints one campaign.
func (c *command) tellReview(ctx context.Context, a *app.App, reviewID int64) error {
	d, err := a.Reviews.Get(ctx, reviewID)
	if err != nil {
		return err
	}
	l := reviewLineOf(&d)
	if c.json {
		return c.printJSON(l)
	}
	c.print(c.lang.pick("%s  %s  %s  %s 至 %s，%s 生效，已评 %d / %d", "%s  %s  %s  %s to %s, effective %s, rated %d of %d"),
		l.ID, l.Rulebook, l.State, l.OpensOn, l.ClosesOn, l.EffectiveOn, l.Rated, l.Customers)
	return nil
}

func (c *command) reviewListCmd() *cobra.Command {
	t := c.lang.pick
	var book string
	cmd := &cobra.Command{
		Use: "list", Short: t("列出历次评定", "List the reviews"), Args: cobra.NoArgs, Example: "  kezhi review list --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				list, _, err := a.Reviews.Reviews(ctx, book, "", "", 200)
				if err != nil {
					return err
				}
				if !c.json {
					for i := range list {
						if err := c.tellReview(ctx, a, list[i].ID); err != nil {
							return err
						}
					}
					return nil
				}
				lines := make([]reviewLine, len(list))
				for i := range list {
					lines[i] = reviewLineOf(&list[i])
				}
				return c.printJSON(lines)
			})
		},
	}
	cmd.Flags().StringVar(&book, "rulebook", "", t("只看一部制度", "one rulebook only"))
	c.jsonFlag(cmd)
	return cmd
}

func (c *command) reviewCloseCmd() *cobra.Command {
	t := c.lang.pick
	var unrated int64
	cmd := &cobra.Command{
		Use: "close ID", Short: t("结束评定并使结果生效", "Close a review and let it take effect"), Args: cobra.ExactArgs(1),
		Long: t("有客户未评时要用 --unrated 写明数目以示确认；需要审批的等级必须已全部批准。",
			"Where customers were not rated, confirm their number with --unrated; grades that need signatures must have them all."),
		Example: "  kezhi review close 794022012520915092 --unrated 3",
		RunE: func(cmd *cobra.Command, args []string) error {
			reviewID, err := id.Parse(args[0])
			if err != nil {
				return c.usage("评定编号是一个数字，可用 kezhi review list 查看。", "The id of a review is a number; kezhi review list shows it.")
			}
			return c.withApp(cmd.Context(), func(ctx context.Context, a *app.App) error {
				jobID, err := a.Reviews.Close(ctx, reviewID, review.CloseInput{Unrated: unrated})
				if err != nil {
					return err
				}
				if _, err := a.Runner.RunJob(ctx, jobID); err != nil && errs.CodeOf(err) != "job.taken" {
					return err
				}
				return c.tellReview(ctx, a, reviewID)
			})
		},
	}
	cmd.Flags().Int64Var(&unrated, "unrated", 0, t("未评客户数，以示确认", "how many customers were not rated, to confirm it"))
	c.jsonFlag(cmd)
	return cmd
}
