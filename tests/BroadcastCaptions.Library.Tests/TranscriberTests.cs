using BroadcastCaptions.Failures;
using BroadcastCaptions.Measure;
using BroadcastCaptions.Speech;
using BroadcastCaptions.Speech.Recordings;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Library.Tests;

/// <summary>The library with a real model on a kept recording.</summary>
[Collection(WithTranscriber.Name)]
public sealed class TranscriberTests(LoadedTranscriber loaded)
{
    private readonly Transcriber _transcriber = loaded.Tiny;

    [Fact]
    public async Task A_file_a_stream_and_samples_give_the_same_words()
    {
        var file = await _transcriber.TranscribeAsync(Talk.Path);
        await using var stream = File.OpenRead(Talk.Path);
        var streamed = await _transcriber.TranscribeAsync(stream);
        var samples = await _transcriber.TranscribeAsync(Talk.Samples(), 16_000);
        Assert.Contains(Talk.First, SpokenWords.Of(file.Text));
        Assert.Equal(file.Words, streamed.Words);
        Assert.Equal(file.Words, samples.Words);
        Assert.Equal((7.1, "en", "moonshine-tiny", null), (Math.Round(file.Duration, 1), file.Language, file.Model, file.Warning));
        Assert.True(stream.CanRead, "The stream is the caller's.");
    }

    [Fact]
    public async Task Words_are_in_order_within_the_recording()
    {
        var talk = await _transcriber.TranscribeAsync(Talk.Path);
        var words = talk.Words.ToArray();
        Assert.All(words, word => Assert.InRange(word.End.Seconds, word.Start.Seconds, talk.Duration));
        Assert.Equal(words.OrderBy(word => word.Start.Seconds), words);
    }

    [Fact]
    public async Task Progress_comes_to_the_end()
    {
        var reports = new List<TranscriptionProgress>();
        await _transcriber.TranscribeAsync(Talk.Path, progress: new Reports(reports));
        Assert.Equal((7.1, 7.1), (Math.Round(reports[^1].Done, 1), Math.Round(reports[^1].Total!.Value, 1)));
    }

    [Fact]
    public async Task It_begins_where_it_is_told_to_and_times_count_from_the_recordings_begin()
    {
        var talk = await _transcriber.TranscribeAsync(Talk.Path, new() { From = new(4) });
        Assert.DoesNotContain(Talk.First, SpokenWords.Of(talk.Text));
        Assert.Contains(Talk.Last, SpokenWords.Of(talk.Text));
        Assert.All(talk.Words, word => Assert.InRange(word.Start.Seconds, 4, 7.1));
        Assert.Equal(7.1, talk.Duration, 1);
    }

    [Fact]
    public async Task Live_audio_gives_partials_and_finals()
    {
        var said = new List<Transcript>();
        await foreach (var transcript in _transcriber.CaptionAsync(Talk.Blocks(), 48_000, 2)) said.Add(transcript);
        Assert.Contains(said, transcript => !transcript.IsFinal);
        Assert.Contains(Talk.Last, SpokenWords.Of(string.Join(' ', said.Where(transcript => transcript.IsFinal).Select(transcript => transcript.Text))));
    }

    [Fact]
    public async Task Live_audio_that_comes_faster_than_it_is_recognised_waits()
    {
        var given = 0;
        await foreach (var _ in _transcriber.CaptionAsync(AnHour(), 16_000))
        {
            await Task.Delay(500); // nobody recognises meanwhile: all of it could be given
            Assert.InRange(given, 1, 1_000);
            break;
        }

        async IAsyncEnumerable<ReadOnlyMemory<float>> AnHour()
        {
            var blocks = Talk.Samples().Chunk(1600).ToList();
            for (; given < 36_000; given++)
            {
                yield return blocks[given % blocks.Count];
                if (given % blocks.Count == 0) await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Live_audio_that_fails_says_so()
    {
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await foreach (var _ in _transcriber.CaptionAsync(Broken(), 16_000)) continue;
        });
        Assert.NotEmpty((await _transcriber.TranscribeAsync(Talk.Path)).Text);
    }

    [Fact]
    public async Task Who_turns_away_or_cancels_leaves_it_ready_for_the_next()
    {
        await using (var recording = await Recording.OpenAsync(Talk.Path))
            await foreach (var _ in _transcriber.StreamAsync(recording)) break;
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _transcriber.TranscribeAsync(Talk.Path, cancellation: cancelled.Token));
        Assert.NotEmpty((await _transcriber.TranscribeAsync(Talk.Path)).Text);
    }

    [Fact]
    public async Task What_is_asked_at_once_waits_its_turn()
    {
        var both = await Task.WhenAll(_transcriber.TranscribeAsync(Talk.Path), _transcriber.TranscribeAsync(Talk.Path));
        Assert.Equal(both[0].Words, both[1].Words);
    }

    [Fact]
    public async Task Words_that_must_not_appear_do_not()
    {
        var talk = await _transcriber.TranscribeAsync(Talk.Path, new() { BlockList = new() { Add = [Talk.First] } });
        Assert.DoesNotContain(Talk.First, talk.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("xx", SpeechTask.Transcribe, "xx")]
    [InlineData(null, SpeechTask.Translate, "translate")]
    public async Task What_the_model_cannot_do_is_said(string? language, SpeechTask task, string named)
    {
        var failure = await Assert.ThrowsAsync<CaptionsException>(() => _transcriber.TranscribeAsync(Talk.Path, new() { Language = language, Task = task }));
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, failure.Code);
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("silero-vad-v6", "does not recognise")]
    public async Task A_model_that_is_none_is_named(string model, string words) =>
        Assert.Contains(words, (await Assert.ThrowsAsync<CaptionsException>(() => Transcriber.LoadAsync(model))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_recording_is_read_once()
    {
        await using var recording = Recording.FromSamples(new float[1600], 16_000);
        await foreach (var _ in _transcriber.StreamAsync(recording)) continue;
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in _transcriber.StreamAsync(recording)) continue;
        });
    }

    [Fact]
    public async Task A_caption_file_is_saved_by_its_ending()
    {
        using var folder = new TemporaryFolder();
        var talk = await _transcriber.TranscribeAsync(Talk.Path);
        talk.Save(folder["talk.vtt"]);
        Assert.StartsWith("WEBVTT\n\n00:00:0", await File.ReadAllTextAsync(folder["talk.vtt"]), StringComparison.Ordinal);
        Assert.Throws<CaptionsException>(() => talk.Save(folder["talk.doc"]));
        Assert.Equal(["talk.vtt"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<float>> Broken()
    {
        yield return new float[1600];
        await Task.Yield();
        throw new IOException("the microphone is gone");
    }

    private sealed class Reports(List<TranscriptionProgress> reports) : IProgress<TranscriptionProgress>
    {
        public void Report(TranscriptionProgress value) => reports.Add(value);
    }
}
