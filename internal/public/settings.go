package public

import (
	"context"

	"kezhi/internal/audit"
	"kezhi/internal/authz"
	"kezhi/internal/clock"
	"kezhi/internal/db"
	"kezhi/internal/errs"
	"kezhi/internal/setting"
)

// Settings are what the organisation sets about its public pages.
type Settings struct {
	On          bool `json:"on" doc:"false switches every public page off"`
	CorrectDays int  `json:"correct_days" minimum:"0" maximum:"365" doc:"For how many days a customer may correct a rating"`
}

// maxCorrectDays bounds CorrectDays.
const maxCorrectDays = 365

// defaults hold until the organisation says otherwise.
func defaults() Settings { return Settings{On: true, CorrectDays: 7} }

// Validate reports every wrong field.
func (s Settings) Validate() error {
	var v errs.Validation
	v.Check(s.CorrectDays >= 0 && s.CorrectDays <= maxCorrectDays, "correct_days", "public.correct_days", "max", maxCorrectDays)
	return v.Err()
}

// Settings gives what the organisation set about its public pages. Needs system.manage.
func (s *Service) Settings(ctx context.Context) (Settings, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return Settings{}, err
	}
	return loadSettings(ctx, s.db.Read())
}

// Set changes it. Needs system.manage. Error: invalid_input.
func (s *Service) Set(ctx context.Context, set Settings) (Settings, error) {
	if _, err := authz.Require(ctx, authz.SystemManage); err != nil {
		return set, err
	}
	if err := set.Validate(); err != nil {
		return set, err
	}
	return set, s.db.InTx(ctx, func(q db.Q) error {
		now := s.now()
		if err := setting.Save(ctx, q, settingPages, set, clock.Micros(now)); err != nil {
			return err
		}
		return audit.Write(ctx, q, now, audit.Entry{Action: "public.set", Entity: "setting", EntityID: settingPages, Detail: map[string]any{"on": set.On, "correct_days": set.CorrectDays}})
	})
}
