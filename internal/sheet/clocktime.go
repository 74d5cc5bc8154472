package sheet

import "strings"

// clockTime is a time of day as read.
type clockTime struct {
	hour, minute, second, fraction int // fraction in microseconds
	micros                         int64
	hasOffset                      bool
	offset                         int // seconds east of Greenwich
}

func (c clockTime) valid() bool {
	return c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.minute < 60 && c.second >= 0 && c.second < 60
}

func (c clockTime) total() int64 {
	return (int64(c.hour)*3600+int64(c.minute)*60+int64(c.second))*1e6 + int64(c.fraction)
}

// halfDay is the part of the day that a time of twelve hours names.
type halfDay uint8

const (
	noHalf halfDay = iota
	morning
	midday
	afternoon
	evening
)

var halfDays = []struct {
	text string
	half halfDay
}{{"凌晨", morning}, {"上午", morning}, {"中午", midday}, {"下午", afternoon}, {"晚上", evening}, {"AM", morning}, {"PM", afternoon}}

// readClock reads 08:26, 8:26:00.5, 3:05 PM, 下午3:05, 8时26分, 08:26:00Z and 08:26:00+08:00.
func readClock(t string) (clockTime, bool) {
	var c clockTime
	t, ok := c.takeOffset(strings.ToUpper(strings.TrimSpace(t)))
	if !ok {
		return c, false
	}
	half := noHalf
	for _, mark := range halfDays {
		if strings.Contains(t, mark.text) {
			t, half = strings.TrimSpace(strings.Replace(t, mark.text, "", 1)), mark.half
			break
		}
	}
	t = strings.TrimSuffix(strings.NewReplacer("时", ":", "点", ":", "分", ":", "秒", "").Replace(t), ":")
	parts := strings.Split(t, ":")
	if len(parts) == 1 {
		parts = append(parts, "0")
	}
	if len(parts) > 3 || !c.readParts(parts) || !c.shift(half) {
		return c, false
	}
	c.micros = c.total()
	return c, c.valid()
}

// shift turns an hour of the named half of the day into one of 24. False for what contradicts itself (上午15:00) or could mean two days
// (晚上12:00).
func (c *clockTime) shift(half halfDay) bool {
	switch half {
	case morning:
		if c.hour == 12 {
			c.hour = 0
		}
		return c.hour < 12
	case midday:
		if c.hour < 3 {
			c.hour += 12
		}
		return c.hour >= 10 && c.hour <= 14
	case afternoon, evening:
		if c.hour == 0 || c.hour == 12 && half == evening {
			return false
		}
		if c.hour < 12 {
			c.hour += 12
		}
	case noHalf:
	}
	return true
}

func (c *clockTime) readParts(parts []string) bool {
	if len(parts) == 3 {
		whole, part, found := strings.Cut(parts[2], ".")
		if found {
			if !allDigits(part) {
				return false
			}
			c.fraction = number((part + "000000")[:6])
		}
		parts[2] = whole
	}
	for i, p := range parts {
		if !allDigits(p) || len(p) > 2 {
			return false
		}
		switch i {
		case 0:
			c.hour = number(p)
		case 1:
			c.minute = number(p)
		case 2:
			c.second = number(p)
		}
	}
	return true
}

// takeOffset takes Z or ±hh:mm off the end.
func (c *clockTime) takeOffset(t string) (string, bool) {
	if rest, found := strings.CutSuffix(t, "Z"); found {
		c.hasOffset = true
		return rest, true
	}
	i := strings.LastIndexAny(t, "+-")
	if i < 0 {
		return t, true
	}
	digits := strings.Replace(t[i+1:], ":", "", 1)
	if len(digits) == 2 {
		digits += "00"
	}
	if len(digits) != 4 || !allDigits(digits) || number(digits[:2]) > 14 || number(digits[2:]) > 59 {
		return t, false
	}
	c.hasOffset = true
	c.offset = number(digits[:2])*3600 + number(digits[2:])*60
	if t[i] == '-' {
		c.offset = -c.offset
	}
	return t[:i], true
}
