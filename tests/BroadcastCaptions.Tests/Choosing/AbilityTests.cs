using BroadcastCaptions.Choosing;
using BroadcastCaptions.Options;
using BroadcastCaptions.Speech.Catalogue;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Choosing;

public sealed class AbilityTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CatalogueModel _model = ModelCatalogue.Bundled.Find("whisper-small.en");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0.1, "live")]
    [InlineData(0.5, "finals only")]
    [InlineData(3, "files only")]
    public void What_was_measured_says_what_a_model_can_do_here(double cost, string said)
    {
        Memory.Keep(_model, 1, cost);
        Assert.Equal(said, Abilities.Text(Abilities.Of(_model, new ModelOptions(), Memory)));
    }

    [Fact]
    public void What_nobody_measured_is_not_guessed()
    {
        Assert.Equal("not yet measured", Abilities.Text(Abilities.Of(_model, new ModelOptions(), Memory)));
        Assert.Equal(Ability.None, Abilities.Of(ModelCatalogue.Bundled.Detector, new ModelOptions(), Memory));
    }

    [Fact]
    public void What_does_not_fit_says_what_it_lacks()
    {
        var large = new ModelStatus(ModelCatalogue.Bundled.Find("whisper-large-v3"), InstallState.Missing, "", 0);
        Assert.Equal("needs about 12.6 GB of memory, 8.0 are here", new MachineFit(8_000_000_000, long.MaxValue).Lacks(large));
        Assert.Equal("needs 6.2 GB on the disk, 1.0 are free", new MachineFit(long.MaxValue, 1_000_000_000).Lacks(large));
        Assert.Equal("", new MachineFit(long.MaxValue, 1_000_000_000).Lacks(large with { State = InstallState.Installed }));
        Assert.Equal("", new MachineFit(long.MaxValue, long.MaxValue).Lacks(large));
    }

    [Fact]
    public void This_machine_has_memory_and_a_disk_even_where_no_model_lies_yet()
    {
        var here = MachineFit.Here(_folder["not", "there", "yet"]);
        Assert.True(here is { Memory: > 0, Disk: > 0 });
    }

    private SpeedMemory Memory => new(_folder["speed.json"]);
}
