using System.Text.Json;
using BroadcastCaptions.Measure;
using BroadcastCaptions.TestKit.Processes;
using BroadcastCaptions.TestKit.Product;

namespace BroadcastCaptions.EndToEnd.Tests;

/// <summary>A disk that is full while a sidecar is being written: captions go on, the lost span is named, writing resumes.</summary>
[Trait("Category", "EndToEnd")]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_costs_the_lost_span_and_nothing_else()
    {
        await using var show = await Show.BeginAsync(startObs: false);
        await using var disk = await SmallDisk.TryMountAsync();
        // Where nothing may be mounted, the device that is always full stands in: it never has room again.
        var srt = disk is null ? "/dev/full" : Path.Combine(disk.Path, "show.srt");
        await using var captions = await show.CaptionAsync("--srt", srt);
        disk?.Fill();
        await SpeakAsync(show, captions);
        var full = await captions.EventAsync("state", e => IsSidecar(e, "degraded"), "the full disk");
        Assert.Contains("full", full.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(full.GetProperty("remedy").GetString()!);
        if (disk is null)
        {
            var end = await captions.InterruptAsync();
            Assert.Equal(1, end.Code);
            Assert.Contains("not in the file", end.Errors, StringComparison.Ordinal);
            return;
        }

        disk.Free();
        await captions.EventAsync("state", e => IsSidecar(e, "ok") && e.GetProperty("detail").GetString()!.Contains("resumed", StringComparison.Ordinal), "writing again");
        await SpeakAsync(show, captions);
        await captions.InterruptAsync();
        Assert.Equal(2, SpokenWords.Of(await File.ReadAllTextAsync(srt)).Count(word => word == "john"));
    }

    private static bool IsSidecar(JsonElement e, string health) =>
        e.GetProperty("component").GetString()!.StartsWith("sidecar", StringComparison.Ordinal) && e.GetProperty("health").GetString() == health;

    private static async Task SpeakAsync(Show show, CaptionsProcess captions)
    {
        var finals = captions.Of("final").Count();
        await show.Obs.Sound.PlayAsync(Show.Sentence.Path);
        await Wait.UntilAsync(() => captions.Of("final").Count() > finals, Wait.Generous, "finals on a full disk");
    }
}
