package io.orderweir.console.gate;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.LocalDate;
import org.hibernate.annotations.Immutable;

/** One day of a factory's calendar: its slots, and how many are taken. */
@Entity
@Immutable
@Table(name = "calendar_day")
@IdClass(CalendarDay.Key.class)
public class CalendarDay extends PanacheEntityBase {

    /** A calendar has a day once. */
    public record Key(String calendar, LocalDate day) {
    }

    @Id
    public String calendar;
    @Id
    public LocalDate day;
    public int slots;
    public int taken;

    /** The days from yesterday on that have slots, those of one calendar after the other. */
    static PanacheQuery<CalendarDay> coming() {
        return find("where slots > 0 and day >= local date - 1 day order by calendar, day");
    }
}
