using BroadcastCaptions.Speech.Moonshine;
using BroadcastCaptions.Speech.Rewriting;

namespace BroadcastCaptions.Speech.Tests.Rewriting;

public sealed class ModelRewriterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rewriter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_decoder_that_cannot_be_rewritten_runs_as_it_is_and_the_reason_is_kept()
    {
        var files = Model("no ONNX at all");

        var outcome = ModelRewriter.Ensure(files);

        Assert.False(outcome.Decoder || outcome.Encoder);
        Assert.Contains("decoder_model_merged.onnx is not an ONNX file", outcome.Reason, StringComparison.Ordinal);
        var kept = Directory.GetDirectories(Path.Combine(_folder, "rewritten")).Single();
        Assert.Equal("outcome.json", Path.GetFileName(Directory.GetFiles(kept).Single()));
        Assert.Equal(outcome, ModelRewriter.Ensure(files));
    }

    [Fact]
    public void Another_decoder_is_judged_anew()
    {
        ModelRewriter.Ensure(Model("one"));
        ModelRewriter.Ensure(Model("another"));

        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_folder, "rewritten")).Length);
    }

    [Fact]
    public void What_another_version_left_is_removed()
    {
        var files = Model("one");
        ModelRewriter.Ensure(files);
        var kept = Directory.GetDirectories(Path.Combine(_folder, "rewritten")).Single();
        Directory.Move(kept, kept.Replace("-ort", "-ort0.", StringComparison.Ordinal));

        ModelRewriter.Ensure(files);

        Assert.Equal([kept], Directory.GetDirectories(Path.Combine(_folder, "rewritten")));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 2, 3 }, 0)]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 3 }, 1)]
    [InlineData(new[] { 1, 2, 3 }, new[] { 1, 4, 3, 5 }, 2)]
    [InlineData(new int[0], new[] { 1, 2 }, 2)]
    public void Differences_are_counted_in_tokens(int[] expected, int[] actual, int edits) =>
        Assert.Equal(edits, RewriteCheck.Edits(expected, actual));

    [Fact]
    public void There_is_speech_to_judge_by()
    {
        var clips = BuiltInClips.All().ToList();

        Assert.Equal(5, clips.Count);
        Assert.All(clips, clip => Assert.InRange(clip.Length, 16_000, 160_000));
        Assert.All(clips, clip => Assert.InRange(clip.Max(), 0.1f, 1f));
    }

    private MoonshineFiles Model(string decoder)
    {
        var path = Path.Combine(_folder, "decoder_model_merged.onnx");
        File.WriteAllText(path, decoder);
        var encoder = Path.Combine(_folder, "encoder_model.onnx");
        File.WriteAllText(encoder, "none either");
        return new MoonshineFiles(encoder, path, Path.Combine(_folder, "vocabulary"));
    }
}
