package rule

import "testing"

func TestAConditionOnGradesIsReadOnTheCustomer(t *testing.T) {
	for condition, want := range map[string]string{
		`grade == "A"`:                         `customer.grade == "A"`,
		`grade in ["A", "B"]`:                  `customer.grade in ["A", "B"]`,
		`grade == "upgraded"`:                  `customer.grade == "upgraded"`,
		`grade == "grade" || grade == 'grade'`: `customer.grade == "grade" || customer.grade == 'grade'`,
		`!(grade == "say \"grade\"")`:          `!(customer.grade == "say \"grade\"")`,
	} {
		if got := ofCustomer(condition); got != want {
			t.Errorf("%s became %s", condition, got)
		}
	}
}
