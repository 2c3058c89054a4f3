using BroadcastCaptions.TestKit.Measurement;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>The zero of time, on which every latency here rests.</summary>
[Trait("Category", "EndToEnd")]
[Collection(Alone.Name)]
public sealed class MeasurementTests
{
    private const double Block = 0.05; // by which zero may be off: a block of the monitor, and what a busy machine adds

    [Fact]
    public async Task The_moment_a_file_begins_to_sound_is_found_whole_and_between_the_players_start_and_end()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        using var folder = new TemporaryFolder();
        await Ffmpeg.ToWavAsync(Show.Sentence.Path, folder["played.wav"], SoundServer.LostAtStart);
        var samples = await Ffmpeg.SamplesAsync(Show.Sentence.Path);
        await using var recording = await MonitorRecording.StartAsync(show.Obs.Sound);
        for (var time = 0; time < 2; time++)
        {
            var began = MonitorRecording.Now;
            await show.Obs.Sound.PlayAsync(folder["played.wav"]);
            var ended = MonitorRecording.Now;
            await Task.Delay(TimeSpan.FromSeconds(1));
            var (zero, slip) = recording.FindZero(samples, began);
            Assert.InRange(zero, began + SoundServer.LostAtStart - Block, ended + Block - (samples.Length / (double)MonitorRecording.Rate));
            Assert.InRange(slip, -Block, Block);
        }
    }
}
