using BroadcastCaptions.Measure;
using BroadcastCaptions.Metrics;
using BroadcastCaptions.TestKit;

namespace BroadcastCaptions.Speech.Tests.Accuracy;

/// <summary>
/// Word errors of the live path. The recordings kept in the repository are always judged; the evaluation set where it is
/// beside the checkout.
/// </summary>
[Collection(WithSpeechModels.Name)]
public sealed class AccuracyTests(SpeechModels models)
{
    private readonly Counters _counters = new();

    [Fact]
    public async Task The_kept_recordings_are_understood()
    {
        var errors = await ErrorsAsync(SpeechSet.Kept, "moonshine-tiny");

        Assert.InRange(errors.Percent, 0, 12);
        Assert.Equal(0, errors.Empty);
        Assert.Equal(0, _counters.Get("speech.empty_on_speech").Value);
    }

    [Theory]
    [InlineData("moonshine-tiny", 17)]
    [InlineData("moonshine-base", 10)]
    public async Task The_evaluation_set_is_understood(string model, double highest)
    {
        if (SpeechSet.Evaluation.Count == 0) return; // not beside this checkout

        var errors = await ErrorsAsync(SpeechSet.Judged(), model);

        Assert.InRange(errors.Percent, 0, highest);
        Assert.Equal(0, errors.Empty);
        Assert.Equal(0, _counters.Get("speech.empty_on_speech").Value);
    }

    [Theory]
    [InlineData("moonshine-tiny")]
    [InlineData("moonshine-base")]
    public async Task Where_nobody_speaks_there_are_no_words(string model)
    {
        var path = new LivePath(models, _counters);
        foreach (var file in SpeechSet.Evaluation.Where(file => file.Kind == "nonspeech"))
            Assert.Equal((file.Name, ""), (file.Name, (await path.TextAsync(file, model)).Trim()));
    }

    [Theory]
    [InlineData("moonshine-tiny")]
    [InlineData("moonshine-base")]
    public async Task Words_have_the_times_at_which_they_were_spoken(string model)
    {
        var path = new LivePath(models, _counters);
        var off = new List<double>();
        foreach (var file in SpeechSet.Evaluation.Where(file => SpeechSet.WordTimes.ContainsKey(file.Name)))
            off.AddRange(WordTimeErrors.Of(
                SpeechSet.WordTimes[file.Name], (await path.FinalsAsync(file, model)).SelectMany(final => final.Words).Select(word => (word.Text, word.End.Seconds))));
        if (off.Count == 0) return; // not beside this checkout

        off.Sort();
        Assert.InRange(off.Count, 150, 300);
        Assert.InRange(off[off.Count / 2], 0, 0.1);
        Assert.InRange(off[off.Count * 9 / 10], 0, 0.3);
    }

    private async Task<WordErrors> ErrorsAsync(IEnumerable<SpeechFile> files, string model)
    {
        var path = new LivePath(models, _counters);
        var sum = WordErrors.None;
        foreach (var file in files) sum += WordErrors.Of(SpokenWords.Of(file.Reference), SpokenWords.Of(await path.TextAsync(file, model)));
        return sum;
    }
}
