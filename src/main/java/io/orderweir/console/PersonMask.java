package io.orderweir.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderweir.access.Role;
import io.orderweir.access.Visitor;
import io.orderweir.privacy.Masking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** Takes out of what a viewer is shown whatever tells who a person is; from operator on everything is shown. */
@ApplicationScoped
public class PersonMask {

    @Inject
    Visitor visitor;

    @Inject
    ObjectMapper json;

    /** Any value that JSON can say; of one that has no keys nothing can be told apart, so all of it is hidden. */
    public Object of(Object value) {
        return value == null || visitor.may(Role.OPERATOR) ? value : json.convertValue(Masking.value(json.valueToTree(value)), Object.class);
    }

    /** The values of these names in each row. */
    public List<Map<String, Object>> in(List<Map<String, Object>> rows, String... names) {
        rows.forEach(row -> in(row, names));
        return rows;
    }

    public Map<String, Object> in(Map<String, Object> row, String... names) {
        for (String name : names) {
            row.computeIfPresent(name, (key, value) -> of(value));
        }
        return row;
    }
}
