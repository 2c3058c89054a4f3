using Microsoft.ML.OnnxRuntime;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class OnnxRuntimeTests
{
    [Fact]
    public void The_native_library_lies_beside_the_binary_and_loads() =>
        Assert.Matches(@"^1\.\d+\.\d+", OrtEnv.Instance().GetVersionString());

    [Fact]
    public void A_model_that_is_none_is_refused_by_the_native_library() =>
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession("not a model"u8.ToArray()));
}
