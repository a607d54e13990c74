package io.pocketllm.app.setup;

import io.pocketllm.app.fake.Sample;
import io.pocketllm.model.ModelException;
import io.pocketllm.plan.RowLength;
import io.pocketllm.run.ModelSummary;
import io.pocketllm.run.RunFile;
import io.pocketllm.run.RunFileException;
import io.pocketllm.run.RunPreview;
import java.util.List;
import java.util.Optional;

/** {@link Sample#source} that notes which models are opened. */
final class CountingSource {

    private CountingSource() {}

    static RunSource over(List<String> opened) {
        RunSource made = Sample.source();
        return new RunSource() {
            @Override
            public List<String> samples() {
                return made.samples();
            }

            @Override
            public RunFile open(String pathOrSample) throws RunFileException {
                return made.open(pathOrSample);
            }

            @Override
            public RunPreview preview(RunFile file) throws RunFileException {
                return made.preview(file);
            }

            /** Larger batches have longer rows. */
            @Override
            public Optional<RowLength> rowLength(RunFile file) {
                int batch = file.spec().training().batchSize();
                return Optional.of(new RowLength(batch < 128 ? 20 : 40, true));
            }

            @Override
            public ModelSummary model(String pathOrBuiltin) throws ModelException {
                opened.add(pathOrBuiltin);
                return made.model(pathOrBuiltin);
            }
        };
    }
}
