# The eleven checks of `rules/`, one for one, for OPA, conftest and regorus.
package main

minute := 60 * 1000000000

days := 24 * 60 * minute

at(text) := time.parse_rfc3339_ns(text)

deny contains {"rule": "approvals/by-another", "msg": "nobody but the author approves"} if {
	not approved_by_another
}

approved_by_another if {
	some approval in input.approvals
	approval.by != input.submitted_by
}

deny contains {"rule": "backup/exists", "msg": "no backup that is kept"} if {
	not kept
}

kept if {
	input.backup.location
	input.backup.retention
}

deny contains {"rule": "backup/restore-tested", "msg": "no restore was tested lately"} if {
	not restore_tested
}

restore_tested if {
	test := input.backup.restore_test
	test.outcome == "passed"
	floor((at(input.window.start) - at(test.at)) / days) <= 90
}

deny contains {"rule": "monitoring/metrics", "msg": "nothing is watched afterwards"} if {
	count(object.get(input, ["monitoring", "metrics"], [])) == 0
}

deny contains {"rule": "reason/purpose-stated", "msg": "the purpose is not stated"} if {
	count(object.get(input, ["reason", "purpose"], "")) < 20
}

deny contains {"rule": "rollback/decision-owner", "msg": "nobody, or nobody else, decides on a rollback"} if {
	not decided
}

decided if {
	input.rollback.decision_owner
	input.rollback.deputy
	input.rollback.decision_owner != input.rollback.deputy
}

deny contains {"rule": "rollback/plan-present", "msg": "no plan for the way back"} if {
	not planned
}

planned if {
	input.rollback.plan
	count(input.rollback.steps) > 0
}

deny contains {"rule": "rollback/triggers", "msg": "no figure says when to roll back"} if {
	not triggered
}

triggered if {
	some trigger in input.rollback.triggers
	trigger.above
}

triggered if {
	some trigger in input.rollback.triggers
	trigger.below
}

deny contains {"rule": "window/decision-time", "msg": "a rollback decided at the latest moment ends too late"} if {
	(at(input.window.latest_rollback_decision) + (input.window.rollback * minute)) > at(input.window.end)
}

parts := ["preparation", "final_backup", "upgrade", "verification", "repair", "rollback_decision", "rollback", "communication"]

deny contains {"rule": "window/fits", "msg": "the parts do not fit into the window"} if {
	needed := sum([input.window[name] | some name in parts])
	(needed * minute) > (at(input.window.end) - at(input.window.start))
}

deny contains {"rule": "window/lead-time", "msg": "submitted too late"} if {
	input.reason.urgency == "planned"
	(at(input.window.start) - at(input.submitted_at)) < (72 * 60 * minute)
}
