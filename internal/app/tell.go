package app

import (
	"context"
	"time"

	"kezhi/internal/channel"
	"kezhi/internal/errs"
	"kezhi/internal/id"
	"kezhi/internal/user"
	"kezhi/internal/words"
)

// tellPeople mails people that what opens their account was changed, where mail is set up.
func (s *Services) tellPeople(ways *channel.Set, loc *time.Location) {
	s.Users.TellBy(s.Queue, func(ctx context.Context, to user.User, what string, at time.Time) error {
		mail, ok := ways.Get(channel.Mail)
		if !ok {
			return nil
		}
		args := map[string]any{"name": to.Name, "login": to.Login, "at": at.In(loc).Format("2006-01-02 15:04")}
		args["what"] = words.Sentence(to.Locale, "mail."+what, args)
		_, err := mail.Send(ctx, channel.Message{
			Key: "user-" + id.String(to.ID) + "-" + what + "-" + id.String(at.UnixMicro()), To: to.Email, Name: to.Name, Language: to.Locale,
			Subject: words.Sentence(to.Locale, "mail.account_subject", args), Text: words.Sentence(to.Locale, "mail.account", args),
		})
		if err == nil {
			return nil
		}
		// What was taken, or may have been, is not sent twice; what will never be taken is not tried again.
		if f := channel.FailureOf(err); f.Class != channel.Temporary {
			return nil
		}
		return errs.Wrap(err, errs.Unavailable, "user.mail_waits")
	})
}
