package io.orderweir.console;

import io.orderweir.hold.Refused;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** Pages that no resource of their own shows. */
@CheckedTemplate(requireTypeSafeExpressions = false)
class Templates {

    static native TemplateInstance refused(Refused refused);

    private Templates() {
    }
}
