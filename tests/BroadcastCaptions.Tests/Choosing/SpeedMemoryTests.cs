using BroadcastCaptions.Choosing;
using BroadcastCaptions.TestKit.Processes;

namespace BroadcastCaptions.Tests.Choosing;

public sealed class SpeedMemoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Speech.Catalogue.CatalogueModel[] _models = [.. AutoModel.Choices];

    private string File => _folder["cache/speed.json"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_measured_is_known_at_the_next_start()
    {
        new SpeedMemory(File).Keep(_models[0], 1, 0.07);
        new SpeedMemory(File).Keep(_models[1], 1, 0.03);
        Assert.Equal((0.07, 0.03), (new SpeedMemory(File).Find(_models[0], 1), new SpeedMemory(File).Find(_models[1], 1)));
    }

    [Fact]
    public void Other_threads_and_other_weights_are_measured_anew()
    {
        new SpeedMemory(File).Keep(_models[0], 1, 0.07);
        Assert.Null(new SpeedMemory(File).Find(_models[0], 2));
        var other = _models[0] with { Files = [_models[0].Files[0] with { Sha256 = new string('0', 64) }] };
        Assert.Null(new SpeedMemory(File).Find(other, 1));
    }

    [Fact]
    public void A_damaged_memory_is_none()
    {
        new SpeedMemory(File).Keep(_models[0], 1, 0.07);
        System.IO.File.WriteAllText(File, "{ half a");
        Assert.Null(new SpeedMemory(File).Find(_models[0], 1));
        new SpeedMemory(File).Keep(_models[0], 1, 0.08);
        Assert.Equal(0.08, new SpeedMemory(File).Find(_models[0], 1));
    }

    [Fact]
    public void Where_nothing_can_be_written_it_goes_on()
    {
        System.IO.File.WriteAllText(_folder["file"], "");
        var memory = new SpeedMemory(Path.Combine(_folder["file"], "speed.json"));
        memory.Keep(_models[0], 1, 0.07);
        Assert.Null(memory.Find(_models[0], 1));
    }
}
