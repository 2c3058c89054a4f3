using System.Numerics.Tensors;
using BroadcastCaptions.Failures;
using BroadcastCaptions.Speech.Moonshine.Convolving;
using BroadcastCaptions.Speech.Rewriting.Emission;
using BroadcastCaptions.Speech.Rewriting.Extraction;
using BroadcastCaptions.Speech.Rewriting.Onnx;
using BroadcastCaptions.Speech.Tests.Rewriting;
using BroadcastCaptions.TestKit;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Speech.Tests.Moonshine;

/// <summary>Our convolutions against the graph whose weights they have, and audio that goes on against the same audio heard afresh.</summary>
public sealed class StemTests : IDisposable
{
    private const int Fewest = 90; // samples that are convolved again where audio goes on: those of windows that were not full

    private readonly TemporaryFolder _folder = new();
    private readonly OnnxModel _graph = new SyntheticStem().Build();
    private readonly Stem _stem;

    public StemTests()
    {
        StemPacker.Write(StemWeights.Read(_graph.Graph, SyntheticStem.Width), _folder["encoder.stem"]);
        _stem = Open();
    }

    public void Dispose()
    {
        _stem.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(0)] // a single step
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(1000)]
    [InlineData(5003)] // more windows than are gone through at once
    public void It_gives_what_the_graph_gives(int more)
    {
        var samples = Sound(_stem.Shortest + more);
        var expected = SyntheticStem.Run(_graph, samples, _folder);

        var actual = Hear(_stem, samples);

        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(TensorPrimitives.Distance<float>(expected, actual) / TensorPrimitives.Norm<float>(expected), 0, 0.015); // weights in 8 bits
    }

    [Fact]
    public void Faint_sound_is_heard_as_well()
    {
        float[] samples = [.. Sound(2000).Select(sample => sample * 1e-4f)];
        var expected = SyntheticStem.Run(_graph, samples, _folder);

        Assert.InRange(TensorPrimitives.Distance<float>(expected, Hear(_stem, samples)) / TensorPrimitives.Norm<float>(expected), 0, 0.015);
    }

    [Fact]
    public void Audio_that_goes_on_is_convolved_once_and_gives_bit_for_bit_what_it_gives_whole()
    {
        var samples = Sound(6000);
        foreach (var length in Enumerable.Range(0, 30).Select(i => 300 + (i * 173)).Append(samples.Length))
        {
            var before = _stem.Convolved;
            Assert.Equal(Afresh(samples[..length]), Hear(_stem, samples[..length]));
            if (length > 300) Assert.InRange(_stem.Convolved - before, 0, (length == samples.Length ? 1000 : 173) + Fewest);
        }
    }

    [Fact]
    public void Audio_that_becomes_shorter_again_or_other_gives_what_it_gives_whole()
    {
        var samples = Sound(4000);
        Hear(_stem, samples);
        Assert.Equal(Afresh(samples[..3100]), Hear(_stem, samples[..3100]));
        samples[2500] += 0.25f;
        Assert.Equal(Afresh(samples), Hear(_stem, samples));
        Assert.Equal(1, _stem.Remembered);
        samples[0] += 0.25f;
        Assert.Equal(Afresh(samples), Hear(_stem, samples));
    }

    [Fact]
    public void Twelve_sources_that_began_with_the_same_silence_are_told_apart()
    {
        float[][] sources = [.. Enumerable.Range(0, 12).Select(seed => (float[])[.. new float[400], .. Sound(4000, seed)])];
        foreach (var source in sources) Hear(_stem, source[..2000]);
        var before = _stem.Convolved;

        for (var length = 2100; length <= 4000; length += 100)
            foreach (var source in sources) Assert.Equal(Afresh(source[..length]), Hear(_stem, source[..length]));

        Assert.InRange(_stem.Convolved - before, 0, 12 * 20 * (100 + Fewest));
    }

    [Fact]
    public void What_nobody_asks_for_any_more_is_forgotten()
    {
        for (var seed = 0; seed < 100; seed++) Hear(_stem, Sound(500, seed));

        Assert.InRange(_stem.Remembered, 1, 16);

        for (var i = 0; i < 16; i++) Hear(_stem, Sound(500));
        Assert.Equal(1, _stem.Remembered);
    }

    [Fact]
    public void However_long_what_is_heard_little_is_kept()
    {
        for (var seed = 0; seed < 4; seed++) Hear(_stem, Sound(600_000, seed)); // 6 MB each

        Assert.InRange(_stem.Remembered, 1, 2);
    }

    [Fact]
    public void A_twin_has_the_weights_in_common_and_nothing_else()
    {
        using var twin = _stem.Twin();
        var (one, other) = (Sound(3000), Sound(3000, seed: 9));

        Parallel.Invoke(
            () => Assert.All(Enumerable.Range(10, 20), i => Assert.Equal(Afresh(one[..(i * 100)]), Hear(_stem, one[..(i * 100)]))),
            () => Assert.All(Enumerable.Range(10, 20), i => Assert.Equal(Afresh(other[..(i * 100)]), Hear(twin, other[..(i * 100)]))));
    }

    [Fact]
    public void Hearing_more_of_the_same_audio_allocates_nothing()
    {
        var samples = Sound(4000);
        var steps = new float[_stem.Steps(samples.Length) * _stem.Width];
        var length = 2000;
        _stem.Hear(samples, steps);

        Assert.Equal(0, Allocations.Of(() => _stem.Hear(samples.AsSpan(0, length += 2), steps.AsSpan(0, _stem.Steps(length) * _stem.Width)), times: 100));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)] // a convolution of nothing
    public void A_file_of_something_else_is_told(int at)
    {
        var bytes = File.ReadAllBytes(_folder["encoder.stem"]);
        bytes[at] = 0;
        File.WriteAllBytes(_folder["other"], bytes);

        Assert.Contains("cannot be loaded", Assert.Throws<CaptionsException>(() => new Stem(_folder["other"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_of_another_form_are_not_packed()
    {
        Refused("three convolutions", new SyntheticStem().Build(kernels: [7]));
        Refused("three convolutions", new SyntheticStem().Build(kernels: [7, 3, 3]));
        Refused("activations", new SyntheticStem().Build(activation: "Sigmoid"));
        Refused("not of Moonshine's form", new SyntheticStem().Build(pad: 2));
        Refused("all channels together", new SyntheticStem().Build(groups: 12));

        static void Refused(string why, OnnxModel model) =>
            Assert.Contains(why, Assert.Throws<InvalidDataException>(() => StemWeights.Read(model.Graph, SyntheticStem.Width)).Message, StringComparison.Ordinal);
    }

    private static float[] Sound(int length, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(i => (0.3f * MathF.Sin(i * i * 1e-4f)) + ((random.NextSingle() - 0.5f) * 0.2f))];
    }

    private static float[] Hear(Stem stem, float[] samples)
    {
        var steps = new float[stem.Steps(samples.Length) * stem.Width];
        stem.Hear(samples, steps);
        return steps;
    }

    private float[] Afresh(float[] samples)
    {
        using var stem = Open();
        return Hear(stem, samples);
    }

    private Stem Open() => new(_folder["encoder.stem"]);
}
