package io.pocketllm.run;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for a line of any number and any text. */
class EventJsonPropertyTest {

    @Property(tries = 2000)
    void aNumberKeepsEachOfItsBits(@ForAll long bits) {
        double number = Double.longBitsToDouble(bits);
        Event.Step step = new Event.Step(1, 1, number, -number, 1, 1, 1, null, 1, 1);

        Event.Step back = (Event.Step) EventJson.parse(EventJson.line(step)).orElseThrow();

        assertThat(Double.doubleToLongBits(back.lossPlus()))
                .isEqualTo(Double.doubleToLongBits(number));
        assertThat(Double.doubleToLongBits(back.lossMinus()))
                .isEqualTo(Double.doubleToLongBits(-number));
    }

    @Property(tries = 1000)
    void noLineAtAllThrows(@ForAll String line, @ForAll int cut) {
        EventJson.parse(line);
        String whole = EventJson.line(EventJsonTest.everyEvent().get(1));
        EventJson.parse(whole.substring(0, Math.floorMod(cut, whole.length())));
    }
}
