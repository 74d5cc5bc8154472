package job

import (
	"context"
	"encoding/json"
	"fmt"

	"kezhi/internal/authz"
)

// reach is what a job keeps of the person who asked for it: nobody reaches further through a job than without.
type reach struct {
	Grants map[authz.Permission]authz.Reach `json:"grants"`
	Units  []int64                          `json:"units,omitempty"`
}

// BeyondFunc tells by what else than owner and unit somebody comes to customers today.
type BeyondFunc func(ctx context.Context, userID int64) (authz.Beyond, error)

// AskBeyond registers who knows that; it is done at composition. It is asked when a job begins: what was shared when the job was asked for and
// is so no longer stays out of it.
func (r *Runner) AskBeyond(fn BeyondFunc) { r.beyond = fn }

// reachOf gives the text that is kept; none for the program itself (the command line, a schedule, a reaction to an event).
func reachOf(actor authz.Actor) (string, error) {
	if actor.UserID == 0 {
		return "", nil
	}
	b, err := json.Marshal(reach{Grants: actor.Grants, Units: actor.UnitIDs})
	if err != nil {
		return "", fmt.Errorf("encoding the reach of a job: %w", err)
	}
	return string(b), nil
}

// actor is who the job acts as: the person who asked for it, with what that person might do then, or the program itself.
func (j Job) actor(name string) (authz.Actor, error) {
	a := authz.System(name)
	a.UserID = j.CreatedBy
	if j.reach == "" {
		return a, nil
	}
	var r reach
	if err := json.Unmarshal([]byte(j.reach), &r); err != nil {
		return a, fmt.Errorf("decoding the reach of job %d: %w", j.ID, err)
	}
	a.Grants, a.UnitIDs = r.Grants, r.Units
	return a, nil
}
