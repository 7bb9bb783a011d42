package importer_test
import ("testing";"time";"os";"context";"fmt";"editorial/pkg/importer";"editorial/pkg/civil")
func TestDump(t *testing.T){
 f:=os.Getenv("IMP"); z,_:=civil.LoadZone("Europe/Paris")
 k,err:=importer.Recognise(os.DirFS("testdata"),f)
 fmt.Println(k,err)
 b,err:=importer.Read(context.Background(),os.DirFS("testdata"),f,k,importer.Options{Zone:z,Lang:"fr",Platforms:map[string]string{"blog":"blog","x":"x","facebook":"facebook"},Now:time.Unix(1791000000,0)})
 fmt.Println(err)
 for _,p:=range b.Posts{ fmt.Printf("=== %s %s guid=%s addr=%s key=%s\n%s\n",p.At,p.Path,p.GUID,p.Address,p.Key,p.Source) }
 fmt.Println(b.Media)
 for _,n:=range b.Notes{fmt.Println(n)}
}
