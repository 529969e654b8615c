package io.modeldiff.core.lm.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The matrix product of oneDNN, which uses the widest instructions of every maker's processors, in
 * float32. libtorch has it as an operation of its own that no interface for Java offers: it is
 * called by a function of one line in TorchScript, whose archive is put together here.
 */
final class OneDnn {
  private static final Logger LOG = LoggerFactory.getLogger(OneDnn.class);

  private static final String CODE =
      """
      class Product(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
        def forward(self, x: Tensor, weight: Tensor%s) -> Tensor:
          scalars = annotate(List[Optional[number]], [])
          return ops.mkldnn._linear_pointwise(x, weight, %s, "none", scalars, "")
      """;

  /** A pickled object of the class with training = False. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nProduct\n)\u0081}(X\b\0\0\0training\u0089ub.";

  /** A pickled empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private static final String FORMAT = "3\n";

  private final PtSymbolBlock plain;
  private final PtSymbolBlock biased;

  private OneDnn(PtNDManager manager) throws IOException {
    this.plain = module(manager, CODE.formatted("", "None"));
    this.biased = module(manager, CODE.formatted(", bias: Tensor", "bias"));
  }

  /** It, or nothing where libtorch was built without. */
  static Optional<OneDnn> load() {
    PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    try {
      return Optional.of(new OneDnn(manager));
    } catch (EngineException e) {
      LOG.debug("libtorch has no oneDNN here; products are left to its default.", e);
      manager.close();
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PtSymbolBlock module(PtNDManager manager, String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "data.pkl", OBJECT);
      entry(zip, "code/__torch__.py", code);
      entry(zip, "constants.pkl", NO_CONSTANTS);
      entry(zip, "version", FORMAT);
    }
    InputStream archive = new ByteArrayInputStream(bytes.toByteArray());
    return JniUtils.loadModule(manager, archive, false, false);
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry("product/" + name));
    zip.write(content.getBytes(StandardCharsets.ISO_8859_1));
    zip.closeEntry();
  }

  /**
   * x·Wᵀ + b.
   *
   * @param x [m, in], contiguous
   * @param weight [out, in], contiguous
   * @param bias [out]
   * @return [m, out], in the manager of {@code x}
   */
  PtNDArray linear(PtNDArray x, PtNDArray weight, @Nullable PtNDArray bias) {
    // As in training: results of inference may not be overwritten, and ours are.
    NDList result =
        bias == null
            ? IValueUtils.forward(plain, new NDList(x, weight), true)
            : IValueUtils.forward(biased, new NDList(x, weight, bias), true);
    return Torch.of(result.singletonOrThrow());
  }
}
