// Reads templates for Tekton and Argo Workflows as these programs read them: by their own types, strictly, and of Tekton with its own checks.
package main

import (
	"context"
	"fmt"
	"os"

	argo "github.com/argoproj/argo-workflows/v3/pkg/apis/workflow/v1alpha1"
	tekton "github.com/tektoncd/pipeline/pkg/apis/pipeline/v1"
	"sigs.k8s.io/yaml"
)

func main() {
	if len(os.Args) != 3 {
		fail("name the template for Tekton and the one for Argo Workflows")
	}
	var task tekton.Task
	read(os.Args[1], &task)
	task.SetDefaults(context.Background())
	if err := task.Validate(context.Background()); err != nil {
		fail(os.Args[1], err)
	}
	var template argo.WorkflowTemplate
	read(os.Args[2], &template)
	if len(template.Spec.Templates) == 0 || template.Spec.Entrypoint == "" {
		fail(os.Args[2], "it has no templates")
	}
}

func read(name string, into any) {
	text, err := os.ReadFile(name)
	if err == nil {
		err = yaml.UnmarshalStrict(text, into)
	}
	if err != nil {
		fail(name, err)
	}
	fmt.Println("read:", name)
}

func fail(what ...any) {
	fmt.Fprintln(os.Stderr, what...)
	os.Exit(1)
}
